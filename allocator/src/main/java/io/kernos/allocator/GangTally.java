package io.kernos.allocator;

import java.util.Arrays;

/** How many tasks of one shape fit all agents together, brought up to date by those that have changed. */
final class GangTally {
    private final IndexSet stale = new IndexSet();
    private int[] tasksOn = new int[0];
    private long tasks;
    private int shape;
    private long birth;
    private boolean isShort;

    /** Begins to count for a shape; every agent there is must then be made stale. */
    void begin(int shape, long birth) {
        this.shape = shape;
        this.birth = birth;
        isShort = false;
        stale.clear();
        Arrays.fill(tasksOn, 0);
        tasks = 0;
    }

    int shape() {
        return shape;
    }

    long birth() {
        return birth;
    }

    /** Whether it was counted as if the tasks ended before reserved room is needed. */
    boolean isShort() {
        return isShort;
    }

    void isShort(boolean isShort) {
        this.isShort = isShort;
    }

    /** Agents to be counted again. */
    IndexSet stale() {
        return stale;
    }

    void count(int agent, int fitting) {
        tasksOn = Columns.grow(tasksOn, agent + 1);
        tasks += fitting - tasksOn[agent];
        tasksOn[agent] = fitting;
    }

    /** How many tasks were counted on an agent. */
    int tasksOn(int agent) {
        return agent < tasksOn.length ? tasksOn[agent] : 0;
    }

    long tasks() {
        return tasks;
    }
}
