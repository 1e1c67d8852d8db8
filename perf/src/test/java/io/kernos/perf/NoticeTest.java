package io.kernos.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.linux.NativeProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NOTICE names what Kernos is made of, no more and no less. */
class NoticeTest {
    /** What the build found, one a line: {@code (licence) name (group:artifact:version - address)}. */
    private static final Path FOUND = Path.of("target", "THIRD-PARTY.txt");

    private static final Path NOTICE = Path.of("..", "NOTICE");
    private static final Pattern FOUND_ARTIFACT = Pattern.compile("\\(([\\w.-]+:[\\w.-]+):[^()]+ - [^()]+\\)$");
    private static final Pattern NAMED_ARTIFACT = Pattern.compile("^([\\w.-]+:[\\w.-]+) ");
    private static final Pattern NAMED_WITH_GLIBC = Pattern.compile("^([\\w-]+) +glibc, LGPL-2\\.1; libgcc, ");
    private static final Pattern NAMED_WITH_LIBFFI = Pattern.compile("^([\\w-]+) +libffi, MIT$");

    /** As a jar of Maven's is called: artifact, version and perhaps a classifier. */
    private static final Pattern JAR = Pattern.compile("^(.+?)-\\d[\\w.]*(-\\w+)?\\.jar$");

    @Test
    void shouldNameEveryDependencyWhenItIsUsedAtRunTime() throws IOException {
        assertEquals(matches(FOUND, FOUND_ARTIFACT), matches(NOTICE, NAMED_ARTIFACT));
    }

    @Test
    void shouldNameWhatIsLinkedIntoThePrograms(@TempDir Path folder) throws IOException {
        Set<String> programs = new TreeSet<>();
        for (NativeProgram program : NativeProgram.values()) {
            programs.add(program.extractTo(folder).getFileName().toString());
        }
        assertEquals(programs, matches(NOTICE, NAMED_WITH_GLIBC));
    }

    @Test
    void shouldNameWhatIsLinkedIntoTheLibrariesOfJars() throws IOException {
        Set<String> jars = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Matcher jar = JAR.matcher(Path.of(entry).getFileName().toString());
            if (jar.matches() && hasLibrary(entry)) {
                jars.add(jar.group(1) + (jar.group(2) == null ? "" : jar.group(2)));
            }
        }
        assertEquals(jars, matches(NOTICE, NAMED_WITH_LIBFFI));
    }

    @Test
    void shouldSayHowToLinkThePrograms() throws IOException {
        String script = "native/src/main/c/build.sh";
        assertTrue(Files.readString(NOTICE).contains(script));
        assertTrue(Files.exists(Path.of("..").resolve(script)));
    }

    private static boolean hasLibrary(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            return file.stream().anyMatch(entry -> entry.getName().endsWith(".so"));
        }
    }

    private static Set<String> matches(Path file, Pattern pattern) throws IOException {
        Set<String> matches = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
            pattern.matcher(line).results().forEach(match -> matches.add(match.group(1)));
        }
        return matches;
    }
}
