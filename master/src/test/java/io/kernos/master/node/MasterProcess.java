package io.kernos.master.node;

import io.kernos.transport.IdleProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.IoUtil;

/** A master in a process of its own, for a test that kills it. */
final class MasterProcess implements AutoCloseable {
    private static final String READY = "leads";

    private final Process process;
    private final Path directory;

    private MasterProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Start it, and wait until it leads. */
    static MasterProcess start(Path directory, int port) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") && !argument.contains("javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MasterProcess.class.getName()));
        command.addAll(List.of(directory.toString(), Integer.toString(port)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        MasterProcess master = new MasterProcess(process, directory);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                System.out.println("child process: " + line);
                return master;
            }
            said.append(line).append('\n');
        }
        master.close();
        throw new AssertionError("the master's process ended before it led: " + said);
    }

    /** SIGKILL: nothing in it runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        IoUtil.delete(MasterContext.aeronDirectoryOf(directory).toFile(), true);
    }

    /** What runs in the process. */
    public static void main(String[] args) {
        MasterContext context = TestMaster.context(Path.of(args[0]), Integer.parseInt(args[1]));
        context.idleProfile(IdleProfile.ECO);
        try (MasterNode node = MasterNode.launch(context)) {
            boolean leads = node.awaitLeader(TestMaster.TIMEOUT_MS);
            long startedMs = ManagementFactory.getRuntimeMXBean().getStartTime();
            System.out.println((leads ? READY : "does not lead") + " after " + (System.currentTimeMillis() - startedMs)
                    + " ms from the start of its JVM");
            node.awaitTermination();
        }
    }
}
