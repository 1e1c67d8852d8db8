package io.kernos.cli;

import io.kernos.agent.AgentContext;
import io.kernos.cli.figures.Json;
import io.kernos.cli.log.LogSetup;
import io.kernos.cli.node.NativeStub;
import io.kernos.client.KernosClient;
import io.kernos.client.SandboxClient;
import io.kernos.client.SessionContext;
import io.kernos.master.store.AgentView;
import io.kernos.master.store.StateStore;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.TransportContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.IoUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a whole cluster at work, and checks everything that it did. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  kernos demo --tasks 200"},
        sortOptions = false,
        description =
                "Start a cluster of its own on this machine, run real tasks on it that compute checksums of files,"
                        + " verify every result, tell how long each stage took, end the cluster, and look for anything"
                        + " left behind. Fails when anything was lost, wrong or left.")
final class DemoCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);
    private static final long CONNECT_TIMEOUT_MS = 30_000;
    private static final int SPARE_SANDBOXES = 100;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many short tasks (default: ${DEFAULT-VALUE}).")
    private int taskCount;

    @Option(
            names = "--long-tasks",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many tasks of two seconds beside them (default: ${DEFAULT-VALUE}).")
    private int longCount;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "Folder with the files to read (default: Kernos' own sources, else /usr/include, else /etc).")
    private Path input;

    @Option(
            names = "--idle",
            paramLabel = "PROFILE",
            converter = IdleProfileName.class,
            defaultValue = "balanced",
            description = "How the cluster's threads idle: eco, balanced or spin (default: ${DEFAULT-VALUE}).")
    private IdleProfile idleProfile;

    @Option(
            names = "--stall",
            paramLabel = "TIME",
            converter = Quantities.DurationMs.class,
            defaultValue = "60s",
            description = "Give up when no task ends for so long, such as 30s or 5m (default: ${DEFAULT-VALUE}).")
    private long stallMs;

    @Option(names = "--keep", description = "Keep the cluster's folder, with its log and sandboxes.")
    private boolean keep;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        if (taskCount < 1 || longCount < 0) {
            throw new CommandException(ExitCodes.USAGE, "--tasks must be at least 1, --long-tasks at least 0");
        }
        PrintWriter out =
                output.json() ? spec.commandLine().getErr() : spec.commandLine().getOut();
        List<Path> files = DemoInput.find(inputFolder());
        LocalPorts ports = LocalPorts.of(0);
        Path home = Files.createTempDirectory("kernos-demo-");
        LocalCluster cluster = LocalCluster.prepare(context(home, ports), () -> removeUnlessKept(home));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        NativeStub.unpackInto(home);
        LogSetup.toFile(context(home, ports).logFile());
        Leftovers leftovers = Leftovers.of(home);
        List<String> faults = new ArrayList<>();
        DemoRun run = null;
        try {
            run = run(cluster, home, files, out);
            faults.addAll(run.faults());
        } catch (RuntimeException ex) {
            throw cluster.isEnding() ? new EndedException() : ex;
        } finally {
            if (!cluster.isEnding()) {
                faults.addAll(leftovers.find());
                removeUnlessFailed(home, run, out);
            }
        }
        return report(run, faults);
    }

    private LocalClusterContext context(Path home, LocalPorts ports) {
        return new LocalClusterContext(
                home,
                idleProfile,
                ports,
                AgentContext.DISCOVER,
                AgentContext.DISCOVER,
                "",
                taskCount + longCount + SPARE_SANDBOXES);
    }

    private void removeUnlessFailed(Path home, DemoRun run, PrintWriter out) {
        if (keep || run == null || !run.faults().isEmpty()) {
            out.println("kept: " + home + " (log: " + home.resolve("kernos.log") + ")");
        } else {
            IoUtil.delete(home.toFile(), true);
        }
    }

    private DemoRun run(LocalCluster cluster, Path home, List<Path> inputFiles, PrintWriter out) {
        try (cluster) {
            DemoInput files = DemoInput.link(inputFiles, home.resolve("input"), Math.max(taskCount, longCount));
            cluster.start();
            out.println("a cluster of one machine is up (" + isolation(cluster) + ", idle profile " + idleProfile
                    + "); its tasks compute the checksums of " + files.fileCount() + " files under " + inputFolder());
            DemoRun run;
            SessionContext session = new SessionContext()
                    .aeronDirectory(cluster.aeronDirectory())
                    .frameworkName("demo")
                    .errorHandler(error -> onError(cluster, error))
                    .idleProfile(idleProfile);
            try (KernosClient client = KernosClient.connect(session, CONNECT_TIMEOUT_MS);
                    SandboxClient sandboxes = sandboxes(cluster)) {
                run = new DemoRun(client, files, out, ProgressBar.isTerminal() && !output.json());
                run.run(taskCount, longCount, stallMs);
                run.verify(sandboxes, agent(cluster).sandboxChannel());
            }
            return run;
        }
    }

    private static void onError(LocalCluster cluster, Throwable error) {
        if (!cluster.isEnding()) {
            LOG.warn("a client of the demonstration", error);
        }
    }

    private void removeUnlessKept(Path home) {
        if (!keep) {
            IoUtil.delete(home.toFile(), true);
        }
    }

    private SandboxClient sandboxes(LocalCluster cluster) {
        TransportContext transport =
                new TransportContext().aeronDirectory(cluster.aeronDirectory()).conclude();
        return new SandboxClient(transport, idleProfile, error -> onError(cluster, error));
    }

    private static AgentView agent(LocalCluster cluster) {
        try (StateStore store = StateStore.open(cluster.storeDirectory())) {
            return store.agents().items().getFirst();
        }
    }

    private static String isolation(LocalCluster cluster) {
        return "isolation " + agent(cluster).attributes().getOrDefault("isolation", "unknown");
    }

    private Path inputFolder() {
        if (input != null) {
            return input.toAbsolutePath();
        }
        String sources = System.getProperty("kernos.root");
        if (sources != null) {
            return Path.of(sources);
        }
        Path headers = Path.of("/usr/include");
        return Files.isDirectory(headers) ? headers : Path.of("/etc");
    }

    private int report(DemoRun run, List<String> faults) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.of(json(run, faults)));
        } else {
            print(out, run, faults);
        }
        out.flush();
        return faults.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void print(PrintWriter out, DemoRun run, List<String> faults) {
        out.println();
        out.println("one by one, on an idle cluster:");
        run.alone().print(out);
        out.println();
        out.println("all at once, waiting for room included:");
        run.together().print(out);
        out.println();
        out.printf(Locale.ROOT, "%,.0f tasks/s, with %d long tasks beside them%n", run.tasksPerSecond(), longCount);
        faults.forEach(fault -> out.println("FAULT: " + fault));
        out.printf(
                Locale.ROOT,
                "%s: %,d of %,d tasks verified%s%n",
                faults.isEmpty() ? "pass" : "fail",
                run.verifiedCount(),
                taskCount + longCount,
                faults.isEmpty() ? ", nothing left behind" : "");
    }

    private Map<String, Object> json(DemoRun run, List<String> faults) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("verdict", faults.isEmpty() ? "pass" : "fail");
        object.put("tasks", taskCount + longCount);
        object.put("verified", run.verifiedCount());
        object.put("tasksPerSecond", run.tasksPerSecond());
        object.put("idle", idleProfile.toString());
        object.put("oneByOne", run.alone().json());
        object.put("atOnce", run.together().json());
        object.put("faults", faults);
        return object;
    }
}
