package io.kernos.master.state;

/** Numbers what waits in a queue, so that a snapshot can say in which order it waits. */
final class Stamps {
    private long next = 1;

    long next() {
        return next++;
    }

    long peek() {
        return next;
    }

    void restore(long next) {
        this.next = next;
    }
}
