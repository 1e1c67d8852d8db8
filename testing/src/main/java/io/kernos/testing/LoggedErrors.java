package io.kernos.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test in whose time anything logged an error that the test did not foresee, on any thread of this process.
 * JUnit finds it by itself where this module is on the test's class path. Tests of one process must not run at the same
 * time.
 */
public final class LoggedErrors implements BeforeEachCallback, AfterEachCallback {
    private static final List<String> EXPECTED = new CopyOnWriteArrayList<>();

    private final Recorder recorder = new Recorder();

    /** Called by JUnit. */
    public LoggedErrors() {
        recorder.start();
    }

    /**
     * Lets errors pass until the end of the running test when their message contains a text.
     *
     * @param text a part of the message.
     */
    public static void expect(String text) {
        EXPECTED.add(text);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        EXPECTED.clear();
        recorder.errors.clear();
        root().addAppender(recorder);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        root().detachAppender(recorder);
        List<String> unexpected = recorder.errors.stream()
                .filter(error -> EXPECTED.stream().noneMatch(error::contains))
                .toList();
        if (!unexpected.isEmpty()) {
            throw new AssertionError(
                    "errors were logged that the test did not expect:\n  " + String.join("\n  ", unexpected));
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        private final Queue<String> errors = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                String cause = event.getThrowableProxy() == null
                        ? ""
                        : " (" + event.getThrowableProxy().getClassName() + ": "
                                + event.getThrowableProxy().getMessage() + ")";
                errors.add(event.getLoggerName() + ": " + event.getFormattedMessage() + cause);
            }
        }
    }
}
