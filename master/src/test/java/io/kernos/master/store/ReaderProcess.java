package io.kernos.master.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A reader in a JVM of its own. Commands are lines on its standard input; it answers each with a line.
 */
final class ReaderProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private ReaderProcess(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ReaderProcess start(Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--")) {
                command.add(argument);
            }
        }
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ReaderProcess.class.getName(),
                folder.toString()));
        return new ReaderProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Has it do something and returns its answer. */
    String ask(String command) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8)
                .append(command)
                .append('\n')
                .flush();
        return answers.readLine();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The child: {@code tasks} answers how many there are, {@code hold} takes a lock and keeps it. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (StateStore store = StateStore.open(folder)) {
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                if (command.equals("tasks")) {
                    System.out.println(store.tasks().items().size());
                } else {
                    hold(folder, Long.parseLong(command));
                }
            }
        }
    }

    private static void hold(Path folder, long generation) throws IOException {
        Path file = StoreFolder.generation(folder, generation).resolve(RecordKind.TASKS.fileName());
        try (RecordMap map = RecordMap.open(file, RecordKind.TASKS)) {
            map.readAll((key, value) -> {
                System.out.println("holding");
                while (true) {
                    LockSupport.park();
                }
            });
        }
    }
}
