package io.kernos.cli;

import io.kernos.cli.figures.Json;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns what a task writes into JSON, one object for each of its lines. A very long line is told in parts, all but the
 * last of which say that it goes on.
 */
final class JsonLines extends OutputStream {
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

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
            writeLine(false);
            return;
        }
        boolean isInCharacter = (b & CONTINUATION_MASK) == CONTINUATION && line.size() < MAX_LINE_BYTES + Integer.BYTES;
        if (line.size() >= MAX_LINE_BYTES && !isInCharacter) {
            writeLine(true);
        }
        line.write(b);
    }

    private void writeLine(boolean goesOn) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("task", task);
        object.put("file", file);
        object.put("line", line.toString(StandardCharsets.UTF_8));
        if (goesOn) {
            object.put("goesOn", true);
        }
        out.println(Json.of(object));
        line.reset();
    }

    @Override
    public void close() {
        if (line.size() > 0) {
            writeLine(false);
        }
        out.flush();
    }
}
