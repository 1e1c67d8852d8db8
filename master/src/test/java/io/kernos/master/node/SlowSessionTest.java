package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kernos.master.cluster.CounterTypes;
import io.kernos.master.cluster.ServiceCounter;
import io.kernos.transport.codecs.RefusedDecoder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SlowSessionTest {
    private static final int BATCH = 200;

    @Test
    void shouldCloseASessionThatTakesNothingAndServeOthersMeanwhile(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            MasterContext context = master.context();
            context.service().maxOutboxBytes(256 * 1024);
            master.start(context);
            try (TestSession good = master.connect();
                    TestSession slow = master.connect()) {
                UnsafeBuffer unknown = new UnsafeBuffer(new byte[8]);
                good.await(
                        () -> {
                            for (int i = 0; i < BATCH; i++) {
                                slow.offer(unknown, 0, unknown.capacity());
                            }
                            slow.keepAlive();
                            good.send(unknown, 0, unknown.capacity());
                            good.await(RefusedDecoder.TEMPLATE_ID);
                            return closed(good) > 0;
                        },
                        "the slow session was not closed");
                assertEquals(1, closed(good));
                assertFalse(good.isClosedByMaster());
                slow.await(slow::isClosedByMaster, "the slow session is not told");
            }
        }
    }

    private static long closed(TestSession session) {
        return TestMaster.counter(session.aeron(), CounterTypes.of(ServiceCounter.SESSIONS_CLOSED_SLOW));
    }
}
