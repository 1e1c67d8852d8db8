package io.kernos.cli;

import io.kernos.client.TaskTemplate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a task is, on the command line. */
final class TaskOptions {
    /** Fits {@link io.kernos.transport.Limits#MAX_NAME_BYTES}, whatever the characters. */
    private static final int MAX_NAME = 60;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            converter = Quantities.Cpus.class,
            defaultValue = "1",
            description =
                    "Processors of a task, in thousandths at the finest, such as 0.5 (default: ${DEFAULT-VALUE}).")
    private long cpusMilli;

    @Option(
            names = "--mem",
            paramLabel = "BYTES",
            converter = Quantities.Bytes.class,
            defaultValue = "64m",
            description =
                    "Memory of a task: bytes, or with k, m, g or t as in 512m (default: ${DEFAULT-VALUE}, at least"
                            + " 1m).")
    private long memoryBytes;

    @Option(
            names = "--disk",
            paramLabel = "BYTES",
            converter = Quantities.Bytes.class,
            defaultValue = "0",
            description = "Disk of a task, as --mem: counted where it is placed, not enforced (default: none).")
    private long diskBytes;

    @Option(
            names = "--ports",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many ports a task gets, up to 256; $KERNOS_PORTS tells it which (default: none).")
    private int portCount;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A variable of its environment; may be repeated (default: none).")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(names = "--name", paramLabel = "NAME", description = "What people see (default: the command's name).")
    private String name;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = Quantities.DurationMs.class,
            defaultValue = "5s",
            description = "From SIGTERM to SIGKILL when it is ended, such as 500ms or 1m; a bare number is seconds"
                    + " (default: ${DEFAULT-VALUE}).")
    private long killGraceMs;

    @Option(
            names = "--isolation",
            paramLabel = "NAMESPACE",
            split = ",",
            description = "Namespaces of its own: pid, mount, uts, ipc, net, or none (default: pid,mount,uts,ipc).")
    private List<String> isolation = List.of("pid", "mount", "uts", "ipc");

    @Parameters(
            arity = "1..*",
            paramLabel = "CMD",
            description = "The command and its arguments, after '--' or as they are: what follows its name is its own.")
    private List<String> command;

    String frameworkName() {
        return name == null ? nameOfCommand() : name;
    }

    /** Such as the master takes, whatever the command is called. */
    private String nameOfCommand() {
        String plain = template().name().replaceAll("\\p{Cntrl}", "?");
        return plain.substring(0, Math.min(plain.length(), MAX_NAME));
    }

    TaskTemplate template() {
        Quantities.requireUsable("--mem", memoryBytes);
        return TaskTemplate.builder()
                .command(command)
                .name(name)
                .environment(environment)
                .cpusMilli(cpusMilli)
                .memoryBytes(memoryBytes)
                .diskBytes(diskBytes)
                .portCount(portCount)
                .killGraceMs((int) Math.min(killGraceMs, Integer.MAX_VALUE))
                .isolation(namespaces())
                .build();
    }

    Room room() {
        return new Room(cpusMilli, memoryBytes, diskBytes, portCount);
    }

    private Set<TaskTemplate.Isolation> namespaces() {
        Set<TaskTemplate.Isolation> namespaces = EnumSet.noneOf(TaskTemplate.Isolation.class);
        for (String word : isolation) {
            if (!word.equals("none")) {
                namespaces.add(namespace(word));
            }
        }
        return namespaces;
    }

    private static TaskTemplate.Isolation namespace(String word) {
        for (TaskTemplate.Isolation namespace : TaskTemplate.Isolation.values()) {
            if (namespace.name().equalsIgnoreCase(word)) {
                return namespace;
            }
        }
        throw new CommandException(
                ExitCodes.USAGE, "--isolation '" + word + "' is unknown: use pid, mount, uts, ipc, net or none");
    }

    long killGraceMs() {
        return killGraceMs;
    }
}
