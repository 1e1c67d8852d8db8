package io.kernos.allocator;

/** Answers errors of the caller, before anything is changed. */
final class Checks {
    private Checks() {}

    static void index(String name, int index, int limit) {
        if (index < 0 || index >= limit) {
            throw new IllegalArgumentException(name + "=" + index + " must be from 0, below " + limit);
        }
    }

    static void state(boolean holds, String name, int index, String wanted) {
        if (!holds) {
            throw new IllegalStateException(name + "=" + index + " must " + wanted);
        }
    }

    static void range(String name, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + "=" + value + " must be from " + lowest + " to " + highest);
        }
    }
}
