package io.kernos.cli.node;

import io.kernos.cli.figures.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What a process says once it is up. */
final class StartLine {
    @Option(names = "--json", description = "For programs: say what it runs with as one JSON object, in one line.")
    private boolean json;

    /**
     * Says it.
     *
     * @param command that runs the process.
     * @param facts   of the node.
     */
    void print(CommandSpec command, Map<String, Object> facts) {
        PrintWriter out = command.commandLine().getOut();
        long pid = ProcessHandle.current().pid();
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("command", command.name());
            object.put("process", pid);
            object.putAll(facts);
            out.println(Json.of(object));
        } else {
            out.println(command.qualifiedName() + " is up, in process " + pid);
            facts.forEach((name, value) -> out.printf("  %-11s %s%n", name, value));
        }
        out.flush();
    }
}
