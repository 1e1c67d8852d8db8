package io.kernos.cli;

import com.sun.management.OperatingSystemMXBean;
import io.kernos.agent.AgentContext;
import io.kernos.cli.figures.Json;
import io.kernos.cli.log.LogSetup;
import io.kernos.cli.node.NativeStub;
import io.kernos.linux.Linux;
import io.kernos.transport.IdleProfile;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a cluster on this machine until it is interrupted. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  kernos up --user nobody",
            "  kernos up --home /var/tmp/second --port 0 --cpus 2 --mem 4g"
        },
        sortOptions = false,
        description =
                "Run a cluster on this machine, master and agent in one process, until Ctrl-C or SIGTERM: that ends"
                        + " its tasks too. What it knew is there again at the next 'up'.")
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Its folder (default: $KERNOS_HOME, else /var/tmp/kernos-USER).")
    private Path home;

    @Option(
            names = "--idle",
            paramLabel = "PROFILE",
            converter = IdleProfileName.class,
            defaultValue = "eco",
            description = "How its threads idle: eco, balanced or spin (default: ${DEFAULT-VALUE}).")
    private IdleProfile idleProfile;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + LocalPorts.STANDARD,
            description = "First of its UDP ports on localhost, up to the tenth behind it; 0: any that are free"
                    + " (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            converter = Quantities.Cpus.class,
            description = "Processors to offer, such as 4 or 0.5 (default: what the machine has).")
    private long cpusMilli = AgentContext.DISCOVER;

    @Option(
            names = "--mem",
            paramLabel = "BYTES",
            converter = Quantities.Bytes.class,
            description = "Memory to offer: bytes, or with k, m, g or t as in 4g (default: what the machine has, less a"
                    + " reserve).")
    private long memoryBytes = AgentContext.DISCOVER;

    @Option(
            names = "--user",
            paramLabel = "USER",
            defaultValue = "",
            description = "User that tasks run as for which no --user is given (default: whoever runs 'up').")
    private String user;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        Path folder =
                (home == null ? HomeFolder.standard() : home).toAbsolutePath().normalize();
        LocalClusterContext context = new LocalClusterContext(
                folder, idleProfile, LocalPorts.of(port), cpusMilli, memoryBytes, user, LocalClusterContext.SANDBOXES);
        context.check();
        HomeFolder.make(folder);
        NativeStub.unpackInto(folder);
        LogSetup.toFile(context.logFile());
        LocalCluster cluster = LocalCluster.prepare(context, () -> {});
        cluster.start();
        tell(cluster.file(), context);
        cluster.awaitTermination();
        if (!cluster.isEnding()) {
            spec.commandLine()
                    .getErr()
                    .println("kernos: the master ended by itself: see " + context.logFile() + "; tasks go on, and the"
                            + " next 'kernos up' takes them over");
        }
        abandon(cluster);
        return ExitCodes.FAILED;
    }

    private void abandon(LocalCluster cluster) {
        try {
            cluster.abandon();
        } catch (RuntimeException ex) {
            spec.commandLine().getErr().println("kernos: " + ex.getMessage());
        }
    }

    private void tell(ClusterFile file, LocalClusterContext context) {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("process", file.pid());
        facts.put("folder", context.home().toString());
        facts.put("masters", file.ingress());
        facts.put("relay", file.relay());
        facts.put("driver", file.aeronDirectory());
        facts.put("store", file.store().toString());
        facts.put("log", context.logFile().toString());
        facts.put("idle", context.idleProfile().toString());
        facts.put("tasks as", user.isEmpty() ? System.getProperty("user.name") : user);
        if (output.json()) {
            out.println(Json.of(facts));
        } else {
            out.println("kernos is up");
            facts.forEach((name, value) -> out.printf("  %-8s %s%n", name, value));
            String there = home == null ? "" : " --home " + home;
            out.println("Try: kernos run" + there + " -- uname -a      Ctrl-C ends it and its tasks.");
        }
        out.flush();
        UpWarnings.of(context, Runtime.getRuntime().availableProcessors(), machineMemoryBytes(), Linux.isRoot())
                .forEach(warning -> spec.commandLine().getErr().println("kernos: warning: " + warning));
    }

    private static long machineMemoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : Long.MAX_VALUE;
    }
}
