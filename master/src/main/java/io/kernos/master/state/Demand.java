package io.kernos.master.state;

/**
 * Tasks of a submit, next to each other, that wait: to be placed, or, once they were killed, to be told so. Used again.
 */
final class Demand {
    final Link<Demand> inDirty = new Link<>(this);
    final Link<Demand> inKilled = new Link<>(this);
    final Link<Demand> inSpent = new Link<>(this);

    final int index;

    Framework framework;
    Template template;
    long submitFirstTaskId;
    long firstTaskId;
    long nextTaskId;
    int waiting;
    /** How many of those that wait the allocator knows. */
    int released;

    long killedStamp;
    long createdMs;

    Demand(int index) {
        this.index = index;
    }

    boolean isKilled() {
        return killedStamp != 0;
    }

    /** The id after the last that waits. */
    long endTaskId() {
        return nextTaskId + waiting;
    }

    @Override
    public String toString() {
        return "demand " + nextTaskId + "+" + waiting + (isKilled() ? " killed" : "");
    }
}
