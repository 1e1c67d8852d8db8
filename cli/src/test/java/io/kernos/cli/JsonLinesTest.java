package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static final String BEGIN = "{\"task\":\"3.1\",\"file\":\"stdout\",\"line\":\"";

    @Test
    void shouldTellEachLine() throws IOException {
        assertEquals(List.of(BEGIN + "a\"}", BEGIN + "\"}", BEGIN + "b\"}"), told("a\n\nb"));
    }

    @Test
    void shouldTellAVeryLongLineInPartsOfWholeCharacters() throws IOException {
        List<String> parts = told("x" + "ü".repeat(40_000) + "\nend\n");

        assertEquals(3, parts.size());
        assertEquals(BEGIN + "x" + "ü".repeat(32_768) + "\",\"goesOn\":true}", parts.getFirst());
        assertEquals(BEGIN + "ü".repeat(40_000 - 32_768) + "\"}", parts.get(1));
        assertEquals(BEGIN + "end\"}", parts.getLast());
    }

    @Test
    void shouldTellWhatIsNoTextInBoundedParts() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonLines lines = new JsonLines(new PrintWriter(text), "3.1", "stdout")) {
            for (int i = 0; i < 200_000; i++) {
                lines.write(0x80);
            }
        }
        assertTrue(text.toString().lines().count() > 3, "parts");
    }

    private static List<String> told(String written) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonLines lines = new JsonLines(new PrintWriter(text), "3.1", "stdout")) {
            lines.write(written.getBytes(StandardCharsets.UTF_8));
        }
        return text.toString().lines().toList();
    }
}
