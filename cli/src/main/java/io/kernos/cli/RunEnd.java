package io.kernos.cli;

import io.kernos.client.TaskUpdate;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.Locale;

/**
 * What {@code run} makes of the end of its task.
 *
 * @param exitCode of the command.
 * @param message  for people, in one form whatever happened; null where the command ended by itself, which says what it
 *     has to say.
 */
record RunEnd(int exitCode, String message) {
    private static final int SIGKILL = 9;

    /**
     * How a task ended, as its final update tells it.
     *
     * @param task       its name, such as 3.17.
     * @param state      it ended in.
     * @param reason     why.
     * @param exitStatus exit code, or -signal.
     * @param message    of the agent or master, for people.
     */
    record Facts(String task, TaskState state, TaskReason reason, int exitStatus, String message) {
        static Facts of(TaskUpdate last) {
            String task = TaskIds.text(last.frameworkId(), last.taskId());
            return new Facts(task, last.state(), last.reason(), last.exitStatus(), last.message());
        }
    }

    /**
     * Judges an end.
     *
     * @param last      how the task ended.
     * @param timeoutMs after which it was ended, milliseconds; 0: it was not.
     * @return the end.
     */
    static RunEnd of(Facts last, long timeoutMs) {
        return new RunEnd(timeoutMs > 0 ? ExitCodes.TIMED_OUT : exitCode(last), message(last, timeoutMs));
    }

    private static int exitCode(Facts last) {
        boolean isOutOfMemory = last.reason() == TaskReason.CONTAINER_LIMITATION_MEMORY;
        boolean isEnded = last.reason() == TaskReason.COMMAND_EXITED
                || isOutOfMemory
                || last.state() == TaskState.FINISHED
                || last.state() == TaskState.KILLED && last.exitStatus() != 0
                || last.state() == TaskState.FAILED && last.exitStatus() != 0;
        if (!isEnded) {
            return ExitCodes.NOT_RUN;
        }
        if (last.state() == TaskState.FAILED && last.exitStatus() == 0) {
            return ExitCodes.SIGNAL + SIGKILL;
        }
        return last.exitStatus() < 0 ? ExitCodes.SIGNAL - last.exitStatus() : last.exitStatus();
    }

    private static String message(Facts last, long timeoutMs) {
        boolean hasExited = last.reason() == TaskReason.COMMAND_EXITED && last.exitStatus() >= 0;
        if (timeoutMs == 0 && (hasExited || last.state() == TaskState.FINISHED)) {
            return null;
        }
        String cause =
                timeoutMs > 0 ? "after " + Quantities.durationMs(timeoutMs) + ", as --timeout says" : cause(last);
        String text =
                cause.isEmpty() || last.message().isEmpty() ? cause + last.message() : cause + ": " + last.message();
        String state = last.state().name().toLowerCase(Locale.ROOT);
        return "task " + last.task() + ' ' + state + ": " + text;
    }

    /** What its message does not say. */
    private static String cause(Facts last) {
        return switch (last.reason()) {
            case CONTAINER_LIMITATION_MEMORY -> "it needs more memory than --mem allows";
            case KILL_REQUESTED, KILLED_DURING_LAUNCH -> "as somebody asked";
            case FRAMEWORK_REMOVED -> "as this command is given up by the master";
            default -> last.message().isEmpty() ? words(last.reason()) : "";
        };
    }

    private static String words(TaskReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
