package io.kernos.agent;

import io.kernos.isolation.ContainerExit;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/**
 * What the exit of a container means for its task.
 *
 * @param state      a final one.
 * @param reason     why.
 * @param exitStatus exit code, or -signal.
 * @param message    for a person.
 */
record TaskEnd(TaskState state, TaskReason reason, int exitStatus, String message) {
    private static final int SIGKILL = 9;
    private static final String[] SIGNALS = {
        "0",
        "SIGHUP",
        "SIGINT",
        "SIGQUIT",
        "SIGILL",
        "SIGTRAP",
        "SIGABRT",
        "SIGBUS",
        "SIGFPE",
        "SIGKILL",
        "SIGUSR1",
        "SIGSEGV",
        "SIGUSR2",
        "SIGPIPE",
        "SIGALRM",
        "SIGTERM",
        "SIGSTKFLT",
        "SIGCHLD",
        "SIGCONT",
        "SIGSTOP",
        "SIGTSTP",
        "SIGTTIN",
        "SIGTTOU",
        "SIGURG",
        "SIGXCPU",
        "SIGXFSZ",
        "SIGVTALRM",
        "SIGPROF",
        "SIGWINCH",
        "SIGIO",
        "SIGPWR",
        "SIGSYS"
    };

    private static final TaskEnd FINISHED = new TaskEnd(TaskState.FINISHED, TaskReason.COMMAND_EXITED, 0, "");

    /**
     * The meaning of an exit.
     *
     * @param exit          how the container ended.
     * @param killRequested whether it was asked to.
     * @return the end of the task.
     */
    static TaskEnd of(ContainerExit exit, boolean killRequested) {
        if (exit.lost()) {
            return new TaskEnd(
                    TaskState.LOST, TaskReason.SUPERVISOR_LOST, 0, "its supervisor was killed, and it with it");
        }
        int status = exit.signal() != 0 ? -exit.signal() : exit.exitCode();
        if (killRequested) {
            return new TaskEnd(TaskState.KILLED, TaskReason.KILL_REQUESTED, status, describe(exit));
        }
        if (exit.oomKilled()) {
            return ofMemory(exit, status);
        }
        return status == 0
                ? FINISHED
                : new TaskEnd(TaskState.FAILED, TaskReason.COMMAND_EXITED, status, describe(exit));
    }

    /** The kernel killed some process of it: the command itself, or one that the command may do without. */
    private static TaskEnd ofMemory(ContainerExit exit, int status) {
        if (status > 0 || status == -SIGKILL) {
            return new TaskEnd(
                    TaskState.FAILED,
                    TaskReason.CONTAINER_LIMITATION_MEMORY,
                    status,
                    "it reached its memory limit: " + describe(exit));
        }
        return new TaskEnd(
                status == 0 ? TaskState.FINISHED : TaskState.FAILED,
                TaskReason.COMMAND_EXITED,
                status,
                describe(exit) + ", but it reached its memory limit, and processes of it were killed");
    }

    private static String describe(ContainerExit exit) {
        if (exit.signal() == 0) {
            return "exited with code " + exit.exitCode();
        }
        int signal = exit.signal();
        String name = signal > 0 && signal < SIGNALS.length ? SIGNALS[signal] : "signal " + signal;
        return "killed by " + name;
    }
}
