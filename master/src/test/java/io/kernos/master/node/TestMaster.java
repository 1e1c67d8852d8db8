package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.kernos.transport.IdleProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.status.CountersReader;

/** A master of its own for a test, which can be ended and started again; leaves nothing behind. */
final class TestMaster implements AutoCloseable {
    static final long TIMEOUT_MS = 60_000;

    private final Path directory;
    private final int port = FreePorts.find(6);
    private MasterNode node;

    TestMaster(Path directory) {
        this.directory = directory;
    }

    MasterContext context() {
        return context(directory, port);
    }

    /** Agents' relay on the port after the master's own five. */
    static MasterContext context(Path directory, int port) {
        MasterContext context = new MasterContext()
                .directory(directory)
                .members("localhost:" + port)
                .idleProfile(IdleProfile.BALANCED);
        context.transport().relayEndpoint("localhost:" + (port + 5)).livenessTimeoutMs(1_000);
        context.consensus().snapshotIntervalMs(0).snapshotOnClose(false);
        return context;
    }

    MasterNode start() {
        return start(context());
    }

    MasterNode start(MasterContext context) {
        node = MasterNode.launch(context);
        assertTrue(node.awaitLeader(TIMEOUT_MS), "no leader in time");
        return node;
    }

    int port() {
        return port;
    }

    String relayEndpoint() {
        return "localhost:" + (port + 5);
    }

    String aeronDirectory() {
        return MasterContext.aeronDirectoryOf(directory).toString();
    }

    Path directory() {
        return directory;
    }

    TestSession connect() {
        return TestSession.connect(aeronDirectory());
    }

    /** Sum of the counters whose type ids begin at this one. */
    static long counter(Aeron aeron, int typeId) {
        CountersReader counters = aeron.countersReader();
        long[] sum = {0};
        counters.forEach((counterId, type, keyBuffer, label) -> {
            if (type == typeId) {
                sum[0] += counters.getCounterValue(counterId);
            }
        });
        return sum[0];
    }

    void stop() {
        if (node != null) {
            node.close();
            node = null;
        }
        assertFalse(Files.exists(Path.of(aeronDirectory())), "the media driver left its folder");
    }

    @Override
    public void close() {
        stop();
    }
}
