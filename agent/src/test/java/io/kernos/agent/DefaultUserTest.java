package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DefaultUserTest {
    private static final int ROOT = 0;
    private static final int ORDINARY = 1_000;

    private static List<ILoggingEvent> warnings(DefaultUser user) {
        Logger logger = (Logger) LoggerFactory.getLogger(DefaultUser.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            user.warn();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list;
    }

    @Test
    void shouldWarnWithSettingAndRemedyWhenTasksBecomeRootUnasked() {
        List<ILoggingEvent> warnings = warnings(DefaultUser.of("", ROOT));
        assertEquals(1, warnings.size());
        assertEquals(Level.WARN, warnings.getFirst().getLevel());
        String text = warnings.getFirst().getFormattedMessage();
        assertTrue(text.contains("set agent.user to an ordinary user"), text);
    }

    @Test
    void shouldNotWarnWhenUserIsChosenOrAgentIsNotRoot() {
        assertEquals(List.of(), warnings(DefaultUser.of("nobody", ROOT)));
        assertEquals(List.of(), warnings(DefaultUser.of("root", ROOT)));
        assertEquals(List.of(), warnings(DefaultUser.of("", ORDINARY)));
    }

    @Test
    void shouldNameWhoeverRunsTheAgentWhenNobodyIsChosen() {
        assertEquals(
                System.getProperty("user.name"), DefaultUser.of("", ORDINARY).name());
        assertEquals("worker", DefaultUser.of("worker", ROOT).name());
    }
}
