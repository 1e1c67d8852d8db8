package io.kernos.master.state;

import io.kernos.transport.codecs.TaskState;

/** The order of a task's states. A task goes only from a lower rank to a higher; all final states share the highest. */
final class TaskStates {
    private static final int FINAL_RANK = 10;

    private TaskStates() {}

    static boolean isFinal(TaskState state) {
        return rank(state) == FINAL_RANK;
    }

    static int rank(TaskState state) {
        return switch (state) {
            case PENDING -> 0;
            case STAGING -> 1;
            case STARTING -> 2;
            case RUNNING -> 3;
            case KILLING -> 4;
            case UNREACHABLE -> 5;
            case FINISHED, FAILED, KILLED, ERROR, LOST, DROPPED, GONE -> FINAL_RANK;
            case UNKNOWN, NULL_VAL -> -1;
        };
    }

    /** Whether an agent may report this state. */
    static boolean isReportable(TaskState state) {
        return switch (state) {
            case STARTING, RUNNING, KILLING, FINISHED, FAILED, KILLED, ERROR, LOST, DROPPED, GONE -> true;
            case PENDING, STAGING, UNREACHABLE, UNKNOWN, NULL_VAL -> false;
        };
    }
}
