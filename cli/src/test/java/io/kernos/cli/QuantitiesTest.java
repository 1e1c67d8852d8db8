package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"2,2000", "0.5,500", "0.25,250", "1.001,1001", "0.1,100"})
    void shouldReadProcessorsAsThousandths(String text, long milli) {
        assertEquals(milli, new Quantities.Cpus().convert(text));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1000,1000", "64k,65536", "64m,67108864", "2G,2147483648", "2GiB,2147483648", "1t,1099511627776"
    })
    void shouldReadBytesWithAndWithoutAUnit(String text, long bytes) {
        assertEquals(bytes, new Quantities.Bytes().convert(text));
    }

    @ParameterizedTest
    @CsvSource({"5,5000", "500ms,500", "30s,30000", "5m,300000", "2h,7200000", "1d,86400000"})
    void shouldReadDurationsAsMilliseconds(String text, long ms) {
        assertEquals(ms, new Quantities.DurationMs().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.2.3", "0.0001", "1m"})
    void shouldRejectWhatIsNoNumberOfProcessors(String text) {
        assertThrows(TypeConversionException.class, () -> new Quantities.Cpus().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-1", "1.5g", "9999999999999t", "12 m"})
    void shouldRejectWhatIsNoAmountOfBytes(String text) {
        assertThrows(TypeConversionException.class, () -> new Quantities.Bytes().convert(text));
    }

    @Test
    void shouldRejectWhatIsNoDuration() {
        assertThrows(TypeConversionException.class, () -> new Quantities.DurationMs().convert("soon"));
    }

    @ParameterizedTest
    @CsvSource({"2000,2", "500,0.5", "1250,1.25", "1,0.001"})
    void shouldShowProcessors(long milli, String text) {
        assertEquals(text, Quantities.cpus(milli));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1023,1023", "1024,1k", "65536,64k", "67108864,64m", "1610612736,1.5g", "24202768384,22.5g"})
    void shouldShowBytes(long bytes, String text) {
        assertEquals(text, Quantities.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"999,999ms", "1500,1.5s", "61000,1m1s", "3660000,1h1m", "90000000,1d1h"})
    void shouldShowDurations(long ms, String text) {
        assertEquals(text, Quantities.durationMs(ms));
    }

    @ParameterizedTest
    @CsvSource({"999,999ns", "1500,2us", "1500000,1.50ms", "15000000000,15.00s"})
    void shouldShowShortDurations(long ns, String text) {
        assertEquals(text, Quantities.durationNs(ns));
    }
}
