package io.kernos.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** NOTICE names what Kernos is made of, no more and no less. */
class NoticeTest {
    /** What the build found, one a line: {@code (licence) name (group:artifact:version - address)}. */
    private static final Path FOUND = Path.of("target", "THIRD-PARTY.txt");

    private static final Pattern FOUND_ARTIFACT = Pattern.compile("\\(([\\w.-]+:[\\w.-]+):[^()]+ - [^()]+\\)$");
    private static final Pattern NAMED_ARTIFACT = Pattern.compile("^([\\w.-]+:[\\w.-]+) ");

    @Test
    void shouldNameEveryDependencyWhenItIsUsedAtRunTime() throws IOException {
        assertEquals(artifacts(FOUND, FOUND_ARTIFACT), artifacts(Path.of("..", "NOTICE"), NAMED_ARTIFACT));
    }

    private static Set<String> artifacts(Path file, Pattern pattern) throws IOException {
        Set<String> artifacts = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
            pattern.matcher(line).results().forEach(match -> artifacts.add(match.group(1)));
        }
        return artifacts;
    }
}
