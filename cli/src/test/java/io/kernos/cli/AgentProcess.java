package io.kernos.cli;

import io.kernos.agent.AgentContext;
import io.kernos.agent.AgentNode;
import io.kernos.transport.IdleProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An agent in a process of its own, for tests that kill it. Arguments: its folder, its relay's port. */
final class AgentProcess {
    private static final long CPUS_MILLI = 40_000;
    private static final long MEMORY_BYTES = 8L << 30;

    private AgentProcess() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AgentNode agent = AgentNode.launch(new AgentContext()
                .workDirectory(Path.of(args[0]))
                .relayEndpoints(List.of("localhost:" + args[1]))
                .cpusMilli(CPUS_MILLI)
                .memoryBytes(MEMORY_BYTES)
                .reconnectMs(50, 500)
                .statusRetryMs(1_000)
                .idleProfile(IdleProfile.BALANCED));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            agent.close(true);
            ended.countDown();
        }));
        System.out.println("ready");
        ended.await();
    }
}
