package io.kernos.cli;

import io.kernos.master.store.TaskView;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Tasks of one framework, as people name them: {@code 3.17}, {@code 3.17-20}, or {@code 3} for all of framework 3.
 *
 * @param frameworkId whose tasks.
 * @param firstTaskId the first of them; 0: all of the framework.
 * @param count       how many; 0: all of the framework.
 */
record TaskIds(long frameworkId, long firstTaskId, int count) {
    private static final Pattern TASKS = Pattern.compile("(\\d{1,18})(?:\\.(\\d{1,18})(?:-(\\d{1,18}))?)?");

    /** Reads the name of one task. */
    static final class One implements ITypeConverter<TaskIds> {
        @Override
        public TaskIds convert(String text) {
            TaskIds ids = parse(text);
            if (ids.count() != 1) {
                throw new TypeConversionException("'" + text + "' names no single task: write it as 3.17");
            }
            return ids;
        }
    }

    /** Reads the names of one or more tasks. */
    static final class Some implements ITypeConverter<TaskIds> {
        @Override
        public TaskIds convert(String text) {
            return parse(text);
        }
    }

    private static TaskIds parse(String text) {
        Matcher matcher = TASKS.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' names no task: write FRAMEWORK.TASK such as 3.17, or 3.17-20, or 3 for all of it");
        }
        long frameworkId = Long.parseLong(matcher.group(1));
        if (matcher.group(2) == null) {
            return new TaskIds(frameworkId, 0, 0);
        }
        long first = Long.parseLong(matcher.group(2));
        long last = matcher.group(3) == null ? first : Long.parseLong(matcher.group(3));
        if (first < 1 || last < first || last - first >= Integer.MAX_VALUE) {
            throw new TypeConversionException("'" + text + "' names no task: ids begin at 1, a range rises");
        }
        return new TaskIds(frameworkId, first, (int) (last - first + 1));
    }

    /** Whether a task is one of them. */
    boolean has(TaskView task) {
        boolean isInRange = count == 0 || task.taskId() >= firstTaskId && task.taskId() - firstTaskId < count;
        return task.frameworkId() == frameworkId && isInRange;
    }

    static String text(long frameworkId, long taskId) {
        return frameworkId + "." + taskId;
    }

    @Override
    public String toString() {
        if (count == 0) {
            return Long.toString(frameworkId);
        }
        return text(frameworkId, firstTaskId) + (count == 1 ? "" : "-" + (firstTaskId + count - 1));
    }
}
