package io.kernos.agent;

import io.kernos.transport.IdleProfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An agent in a process of its own, to be killed. */
final class AgentProcess {
    private final Process process;

    private AgentProcess(Process process) {
        this.process = process;
    }

    static AgentProcess start(Path workDirectory, TestRelay relay) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AgentProcess.class.getName()));
        command.addAll(List.of(workDirectory.toString(), relay.aeronDirectory(), relay.endpoint()));
        return new AgentProcess(new ProcessBuilder(command).inheritIO().start());
    }

    /** Started with a work folder, the folder of a media driver, and the endpoint of a relay. */
    public static void main(String[] args) throws InterruptedException {
        AgentNode agent = AgentNode.launch(context(Path.of(args[0]), args[1], args[2]));
        new CountDownLatch(1).await();
        agent.close();
    }

    static AgentContext context(Path workDirectory, String aeronDirectory, String relayEndpoint) {
        return new AgentContext()
                .workDirectory(workDirectory)
                .aeronDirectory(aeronDirectory)
                .relayEndpoints(List.of(relayEndpoint))
                .statusRetryMs(200)
                .reconnectMs(10, 50)
                .idleProfile(IdleProfile.BALANCED);
    }

    /** SIGKILL; returns when it is dead. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
