package io.kernos.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with the class path and the options of this one, which a test may kill. */
final class JavaProcess implements AutoCloseable {
    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private JavaProcess(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    static JavaProcess start(Path folder, Class<?> main, String... args) throws IOException {
        return start(folder, List.of(), main, args);
    }

    /** One whose standard output is a pipe, for {@link #readLine} and {@link #closeOutput}. */
    static JavaProcess startPiped(Path folder, Class<?> main, String... args) throws IOException {
        return start(folder, ProcessBuilder.Redirect.PIPE, List.of(), main, args);
    }

    static JavaProcess start(Path folder, List<String> options, Class<?> main, String... args) throws IOException {
        return start(folder, null, options, main, args);
    }

    private static JavaProcess start(
            Path folder, ProcessBuilder.Redirect output, List<String> options, Class<?> main, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("--add-") || option.startsWith("--enable-") || option.startsWith("--sun-misc")) {
                command.add(option);
            }
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:MaxDirectMemorySize=512m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        Path stdout = Files.createTempFile(folder, main.getSimpleName(), ".out");
        Path stderr = Files.createTempFile(folder, main.getSimpleName(), ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output == null ? ProcessBuilder.Redirect.to(stdout.toFile()) : output)
                .redirectError(stderr.toFile())
                .start();
        return new JavaProcess(process, stdout, stderr);
    }

    /** Waits until it has written a line that begins like this, and returns the line. */
    String awaitLine(String beginning, long timeoutMs) throws IOException, InterruptedException {
        return awaitLine(stdout, beginning, timeoutMs);
    }

    /** The same for what it writes to standard error. */
    String awaitError(String beginning, long timeoutMs) throws IOException, InterruptedException {
        return awaitLine(stderr, beginning, timeoutMs);
    }

    private String awaitLine(Path file, String beginning, long timeoutMs) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (System.nanoTime() < deadlineNs) {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.startsWith(beginning)) {
                        return line;
                    }
                }
            }
            if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new AssertionError(
                "no line '" + beginning + "...' came (alive: " + process.isAlive() + "): " + output() + errors());
    }

    /** A line of what it writes into a pipe. */
    String readLine() throws IOException {
        return process.inputReader().readLine();
    }

    /** Ends the pipe that it writes into, as {@code head} does once it has enough. */
    void closeOutput() throws IOException {
        process.getInputStream().close();
    }

    /** Sends it a signal, such as STOP. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Ends it as SIGTERM does; the exit status. */
    int terminate(long timeoutMs) throws InterruptedException {
        process.destroy();
        return await(timeoutMs);
    }

    int await(long timeoutMs) throws InterruptedException {
        if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("process " + process.pid() + " does not end: " + errors());
        }
        return process.exitValue();
    }

    /** Ends it as SIGKILL does, which it cannot notice. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String output() {
        return read(stdout);
    }

    String errors() {
        return read(stderr);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException ex) {
            return ex.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
