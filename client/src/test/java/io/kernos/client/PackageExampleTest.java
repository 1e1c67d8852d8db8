package io.kernos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageExampleTest {
    private static final Path PACKAGE = Path.of("io", "kernos", "client");

    @ParameterizedTest
    @ValueSource(strings = {"ChecksumExample", "FirstFitExample"})
    void shouldShowInThePackageWhatCompilesHere(String example) throws IOException {
        String source =
                Files.readString(Path.of("src", "test", "java").resolve(PACKAGE).resolve(example + ".java"));
        String shown = source.substring(
                source.indexOf("// example begins\n") + "// example begins\n".length(),
                source.indexOf("// example ends"));
        String packageInfo = Files.readString(
                        Path.of("src", "main", "java").resolve(PACKAGE).resolve("package-info.java"))
                .lines()
                .map(line -> line.replaceFirst("^ \\* ?", ""))
                .collect(Collectors.joining("\n"));

        assertTrue(shown.contains("class " + example));
        assertEquals(
                1,
                packageInfo.split(java.util.regex.Pattern.quote(shown), -1).length - 1,
                "package-info.java must show this, word for word:\n" + shown);
    }
}
