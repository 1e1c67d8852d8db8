package io.kernos.perf;

import io.kernos.linux.NativeProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What starting {@code /bin/true} costs on this machine with nothing but the kernel: by posix_spawn, and by clone into
 * the namespaces and control groups that a task of Kernos gets.
 *
 * @param spawn posix_spawn and wait.
 * @param contained clone with pid, mount, uts and ipc namespaces and three control groups, exec and wait.
 */
record BareLoop(Result spawn, Result contained) {
    private static final List<String> CONTROLLERS = List.of("cpu", "memory", "pids");

    /**
     * One way of starting.
     *
     * @param ratePerS   processes a second.
     * @param startP50Us from the call until the command was executed.
     * @param startP99Us likewise.
     * @param exitP50Us  from the call until the process was reaped.
     * @param exitP99Us  likewise.
     */
    record Result(double ratePerS, double startP50Us, double startP99Us, double exitP50Us, double exitP99Us) {
        void addTo(Table table, String name) {
            table.row(
                    name,
                    Figures.of(ratePerS),
                    Figures.of(startP50Us),
                    Figures.of(startP99Us),
                    Figures.of(exitP50Us),
                    Figures.of(exitP99Us));
        }
    }

    static Table table(Report report) {
        return report.table("bare loop of /bin/true", "per s", "start p50 us", "p99", "exit p50 us", "p99");
    }

    /**
     * Runs both loops, one after the other.
     *
     * @param count    processes of each.
     * @param parallel at a time.
     * @return what it took.
     */
    static BareLoop run(int count, int parallel) {
        return run(count, parallel, 0);
    }

    /**
     * Runs both loops, one process at each interval: it then finds caches cold, and on control groups of version 1 the
     * kernel has it wait for a grace period when it enters its own.
     *
     * @param count      processes of each.
     * @param intervalUs from one to the next, microseconds.
     * @return what it took.
     */
    static BareLoop runPaced(int count, int intervalUs) {
        return run(count, 1, intervalUs);
    }

    private static BareLoop run(int count, int parallel, int intervalUs) {
        try {
            Path folder = Files.createTempDirectory("kernos-perf");
            try (Cleanup _ = new Cleanup(() -> Cleanup.remove(folder))) {
                return parse(output(NativeProgram.BARE_LAUNCH.extractTo(folder), count, parallel, intervalUs));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the bare loop could not be run", e);
        }
    }

    private static List<String> output(Path program, int count, int parallel, int intervalUs) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "-n", Integer.toString(count), "-p", Integer.toString(parallel)));
        if (intervalUs > 0) {
            command.addAll(List.of("-i", Integer.toString(intervalUs)));
        }
        for (String parent : cgroupParents()) {
            command.add("-c");
            command.add(parent);
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("kernos-bare-launch ended with status " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return lines;
    }

    /** Folders of the hierarchies that have the three controllers, where this user may make control groups in them. */
    private static List<String> cgroupParents() throws IOException {
        TreeSet<String> parents = new TreeSet<>();
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            mounts.map(line -> line.split(" "))
                    .filter(fields -> "cgroup2".equals(fields[2]) || isWanted(fields))
                    .map(fields -> fields[1])
                    .filter(folder -> hasControllers(Path.of(folder)) && Files.isWritable(Path.of(folder)))
                    .forEach(parents::add);
        }
        return List.copyOf(parents);
    }

    private static boolean isWanted(String[] fields) {
        return "cgroup".equals(fields[2]) && Stream.of(fields[3].split(",")).anyMatch(CONTROLLERS::contains);
    }

    /** A unified hierarchy without the controllers is there beside those of version 1 on some machines. */
    private static boolean hasControllers(Path folder) {
        Path controllers = folder.resolve("cgroup.controllers");
        try {
            return !Files.exists(controllers) || Files.readString(controllers).contains("memory");
        } catch (IOException e) {
            return false;
        }
    }

    private static BareLoop parse(List<String> lines) throws IOException {
        Map<String, Result> results = new HashMap<>();
        for (String line : lines) {
            Map<String, String> fields = new HashMap<>();
            for (String field : line.split(" ")) {
                String[] pair = field.split("=", 2);
                fields.put(pair[0], pair[pair.length - 1]);
            }
            results.put(fields.get("mode"), result(fields));
        }
        if (!results.containsKey("spawn") || !results.containsKey("clone")) {
            throw new IOException("kernos-bare-launch said " + lines);
        }
        return new BareLoop(results.get("spawn"), results.get("clone"));
    }

    private static Result result(Map<String, String> fields) {
        return new Result(
                Double.parseDouble(fields.get("rate")),
                Double.parseDouble(fields.get("start_p50_us")),
                Double.parseDouble(fields.get("start_p99_us")),
                Double.parseDouble(fields.get("exit_p50_us")),
                Double.parseDouble(fields.get("exit_p99_us")));
    }
}
