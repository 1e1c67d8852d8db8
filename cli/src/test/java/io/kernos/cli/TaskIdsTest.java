package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TaskIdsTest {
    @ParameterizedTest
    @CsvSource({"3.17,3,17,1", "3.17-20,3,17,4", "3,3,0,0", "3.1-1,3,1,1"})
    void shouldReadTasksAsPeopleNameThem(String text, long frameworkId, long firstTaskId, int count) {
        assertEquals(new TaskIds(frameworkId, firstTaskId, count), new TaskIds.Some().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "3.", ".3", "3.0", "3.5-4-5", "3.5-4", "3.-1", "3.1-99999999999"})
    void shouldRejectWhatNamesNoTask(String text) {
        assertThrows(TypeConversionException.class, () -> new TaskIds.Some().convert(text));
    }

    @Test
    void shouldRejectSeveralWhereOneIsWanted() {
        assertThrows(TypeConversionException.class, () -> new TaskIds.One().convert("3.1-2"));
        assertThrows(TypeConversionException.class, () -> new TaskIds.One().convert("3"));
        assertEquals("3.17", new TaskIds.One().convert("3.17").toString());
    }

    @Test
    void shouldBeWrittenAsItIsRead() {
        for (String text : new String[] {"3.17", "3.17-20", "3"}) {
            assertEquals(text, new TaskIds.Some().convert(text).toString());
        }
    }
}
