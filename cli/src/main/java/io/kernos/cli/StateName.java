package io.kernos.cli;

import io.kernos.transport.codecs.TaskState;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the state of a task, in letters of any case. */
final class StateName implements ITypeConverter<TaskState> {
    @Override
    public TaskState convert(String text) {
        for (TaskState state : TaskState.values()) {
            if (isOfTasks(state) && state.name().equalsIgnoreCase(text)) {
                return state;
            }
        }
        String names = Arrays.stream(TaskState.values())
                .filter(StateName::isOfTasks)
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new TypeConversionException("'" + text + "' is no state of a task: use " + names);
    }

    /** The others stand for an answer about no task, and for a value that is missing on the wire. */
    private static boolean isOfTasks(TaskState state) {
        return state != TaskState.UNKNOWN && state != TaskState.NULL_VAL;
    }
}
