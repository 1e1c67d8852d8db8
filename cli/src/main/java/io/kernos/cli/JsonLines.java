package io.kernos.cli;

import io.kernos.cli.figures.Json;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns what a task writes into JSON, one object for each of its lines. */
final class JsonLines extends OutputStream {
    private final PrintWriter out;
    private final String task;
    private final String file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    JsonLines(PrintWriter out, String task, String file) {
        this.out = out;
        this.task = task;
        this.file = file;
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            writeLine();
        } else {
            line.write(b);
        }
    }

    private void writeLine() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("task", task);
        object.put("file", file);
        object.put("line", line.toString(StandardCharsets.UTF_8));
        out.println(Json.of(object));
        line.reset();
    }

    @Override
    public void close() {
        if (line.size() > 0) {
            writeLine();
        }
        out.flush();
    }
}
