package io.kernos.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeron.exceptions.AeronException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class ErrorLogTest {
    private final List<String> written = new ArrayList<>();
    private long nowNs;
    private final ErrorLog log = new ErrorLog(recorder(), () -> nowNs);

    private Logger recorder() {
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (_, method, arguments) -> {
                    Object[] values = Arrays.copyOfRange(arguments, 1, arguments.length);
                    written.add(method.getName() + " " + Arrays.toString(values));
                    return null;
                });
    }

    @Test
    void shouldWriteTheSameErrorOnceInAWhileAndCountTheRest() {
        Exception error = new IllegalStateException("torn");
        log.onError(error);
        log.onError(error);
        log.onError(error);
        nowNs += TimeUnit.SECONDS.toNanos(10);
        log.onError(error);

        assertEquals(
                List.of(
                        "error [0, java.lang.IllegalStateException: torn]",
                        "error [2, java.lang.IllegalStateException: torn]"),
                written);
    }

    @Test
    void shouldWriteEachOfTwoDifferentErrors() {
        log.onError(new IllegalStateException("torn"));
        log.onError(new IllegalStateException("worn"));

        assertEquals(2, written.size());
    }

    @Test
    void shouldWriteOneLineOfWhatAeronTakesForAWarning() {
        log.onError(new AeronException("slow", AeronException.Category.WARN));

        assertEquals(List.of("warn [WARN - slow, 0]"), written);
    }
}
