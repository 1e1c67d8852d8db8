package io.kernos.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.slf4j.LoggerFactory;

class LoggedErrorsTest {
    @Test
    void shouldFailATestWhenAnErrorWasLogged() {
        run("logsAnError").assertStatistics(tests -> tests.failed(1).succeeded(0));
    }

    @Test
    void shouldLetATestPassWhenItForesawTheError() {
        run("logsAnErrorThatItForesaw")
                .assertStatistics(tests -> tests.failed(0).succeeded(1));
    }

    @Test
    void shouldLetATestPassWhenAWarningWasLogged() {
        run("logsAWarning").assertStatistics(tests -> tests.failed(0).succeeded(1));
    }

    private static Events run(String method) {
        Events events = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .selectors(selectMethod(Samples.class, method))
                .execute()
                .testEvents();
        LoggedErrors.expect("out of order");
        return events;
    }

    /** Run by the tests above alone. */
    static class Samples {
        @Test
        void logsAnError() {
            LoggerFactory.getLogger("sample").error("the machine is out of order");
        }

        @Test
        void logsAnErrorThatItForesaw() {
            LoggedErrors.expect("out of order");
            LoggerFactory.getLogger("sample").error("the machine is out of order");
        }

        @Test
        void logsAWarning() {
            LoggerFactory.getLogger("sample").warn("the machine grows old");
        }
    }
}
