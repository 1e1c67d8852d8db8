package io.kernos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.Limits;
import io.kernos.transport.SettingException;
import org.junit.jupiter.api.Test;

class SessionContextTest {
    @Test
    void shouldUseSharedMemoryWhenTheMasterIsOnThisMachine() {
        SessionContext context =
                new SessionContext().aeronDirectory("/dev/shm/x").conclude();

        assertTrue(context.ingressChannel().startsWith("aeron:ipc"), context.ingressChannel());
        assertTrue(context.egressChannel().startsWith("aeron:ipc"), context.egressChannel());
        assertFalse(context.embedsDriver());
    }

    @Test
    void shouldUseUdpThroughADriverOfItsOwnWhenOnlyEndpointsAreKnown() {
        SessionContext context = new SessionContext()
                .ingressEndpoints("0=localhost:7700,1=localhost:7701")
                .conclude();

        assertTrue(context.ingressChannel().startsWith("aeron:udp"), context.ingressChannel());
        assertTrue(context.egressChannel().contains("endpoint=localhost:0"), context.egressChannel());
        assertTrue(context.embedsDriver());
        assertEquals(context.aeronDirectory(), context.transport().aeronDirectory());
    }

    @Test
    void shouldUseUdpThroughTheGivenDriverWhenBothAreKnown() {
        SessionContext context = new SessionContext()
                .aeronDirectory("/dev/shm/x")
                .ingressEndpoints("0=localhost:7700")
                .conclude();

        assertTrue(context.ingressChannel().startsWith("aeron:udp"), context.ingressChannel());
        assertFalse(context.embedsDriver());
    }

    @Test
    void shouldStayTheSameWhenConcludedAgain() {
        SessionContext context =
                new SessionContext().ingressEndpoints("0=localhost:7700").conclude();
        String directory = context.aeronDirectory();

        assertEquals(directory, context.conclude().aeronDirectory());
    }

    @Test
    void shouldNameTheSettingAndTheRemedyWhenWrong() {
        assertWrong("ingressEndpoints=null: name the masters", new SessionContext());
        assertWrong("ingressEndpoints=localhost:7700: write 0=host:port", endpoints("localhost:7700"));
        assertWrong("ingressEndpoints=0=a:1,: write 0=host:port", endpoints("0=a:1,"));
        assertWrong("frameworkName= : must not be empty", local().frameworkName(" "));
        assertWrong("role=null: must not be empty", local().role(null));
        assertWrong("user=null: not null", local().user(null));
        assertWrong("frameworkId=-1: 0 to join anew", local().frameworkId(-1));
        assertWrong("failoverTimeoutMs=-1: use 0", local().failoverTimeoutMs(-1));
        assertWrong("connectTimeoutMs=0: use at least", local().connectTimeoutMs(0));
        assertWrong("reconnectMinMs=0: use at least", local().reconnectMs(0, 1));
        assertWrong("reconnectMaxMs=4: at least reconnectMinMs", local().reconnectMs(5, 4));
        assertWrong("pendingCapacity=3: use a power of two", local().pendingCapacity(3));
        assertWrong("is 256 bytes long, use at most 255", local().user("u".repeat(Limits.MAX_NAME_BYTES + 1)));
        assertWrong("is 256 bytes long, use at most 255", local().frameworkName("ü".repeat(128)));
    }

    @Test
    void shouldRefuseNamesThatTheMasterWouldRefuse() {
        assertWrong("frameworkName=a?b: use no control characters", local().frameworkName("a\nb"));
        assertWrong("user=a?b: use no control characters", local().user("a\tb"));
        for (String role : new String[] {"a b", "a/b", ".", "..", "-a", "a\u007f"}) {
            assertWrong("use a name without blanks, '/' or control characters", local().role(role));
        }
    }

    private static SessionContext local() {
        return new SessionContext().aeronDirectory("/dev/shm/x");
    }

    private static SessionContext endpoints(String value) {
        return new SessionContext().ingressEndpoints(value);
    }

    private static void assertWrong(String words, SessionContext context) {
        String message = assertThrows(SettingException.class, context::conclude).getMessage();
        assertTrue(message.contains(words), message);
    }
}
