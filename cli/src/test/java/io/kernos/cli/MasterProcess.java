package io.kernos.cli;

import io.kernos.master.node.MasterContext;
import io.kernos.master.node.MasterNode;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.TransportContext;
import java.nio.file.Path;

/** A master in a process of its own, for tests that kill it. Arguments: folder, first port, the relay's port. */
final class MasterProcess {
    private static final long START_TIMEOUT_MS = 120_000;

    private MasterProcess() {}

    public static void main(String[] args) {
        try (MasterNode master = MasterNode.launch(new MasterContext()
                .directory(Path.of(args[0]))
                .members("localhost:" + args[1])
                .transport(new TransportContext().aeronDirectory(null).relayEndpoint("localhost:" + args[2]))
                .idleProfile(IdleProfile.BALANCED))) {
            Runtime.getRuntime().addShutdownHook(new Thread(master::close));
            System.out.println(master.awaitLeader(START_TIMEOUT_MS) ? "ready" : "no leader");
            master.awaitTermination();
        }
    }
}
