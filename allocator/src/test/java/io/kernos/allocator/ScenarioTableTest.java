package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of Mesos' scenarios says of each which test of ours restates it, and that test names it. */
class ScenarioTableTest {
    private static final Path TABLE = Path.of("../docs/mesos-scenarios.md");
    private static final Path TESTS = Path.of("src/test/java/io/kernos/allocator");
    private static final Pattern ROW = Pattern.compile("\\| ([\\w.]+) \\| [^|]* \\| (\\w+) \\| ([^|]*) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\b");

    @Test
    void shouldNameATestThatNamesTheScenarioOrSayWhyItDiffers() throws IOException {
        Set<String> scenarios = new TreeSet<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).equals("scenario")) {
                assertTrue(scenarios.add(row.group(1)), line);
                assertTrue(row.group(2).equals("pass") ? isNamed(row.group(1), row.group(3)) : differs(row), line);
            }
        }
        assertEquals(124, scenarios.size());
    }

    private static boolean differs(Matcher row) {
        return row.group(2).equals("differs") && !row.group(3).isBlank();
    }

    private static boolean isNamed(String scenario, String where) throws IOException {
        List<String> texts = new ArrayList<>();
        Matcher test = TEST.matcher(where);
        while (test.find()) {
            texts.add(Files.readString(TESTS.resolve(test.group(1) + ".java")));
        }
        return !texts.isEmpty() && texts.stream().allMatch(text -> text.contains(scenario));
    }
}
