package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import org.agrona.collections.MutableInteger;
import org.agrona.collections.MutableLong;
import org.junit.jupiter.api.Test;

class DriverAnswerTest {
    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final MutableLong nowNs = new MutableLong(Long.MAX_VALUE - 5 * TURN_NS);

    @Test
    void shouldGiveUpWithOneClearErrorWhenDriverIsSilent() {
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> DriverAnswer.await(() -> null, this::turn, nowNs::get, 100, "the endpoint of sandboxes"));
        assertEquals("the media driver gave nothing within 100 ms for the endpoint of sandboxes", thrown.getMessage());
    }

    @Test
    void shouldGoOnWhenDriverAnswersInTime() {
        MutableInteger asked = new MutableInteger();
        String answer = DriverAnswer.await(
                () -> asked.incrementAndGet() < 10 ? null : "yes", this::turn, nowNs::get, 100, "an answer");
        assertEquals("yes", answer);
        assertEquals(10, asked.get());
    }

    private void turn() {
        nowNs.addAndGet(TURN_NS);
    }
}
