package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in the root folder, with a Maven and a JDK that only say what they were asked. */
@Timeout(60)
class LauncherTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final String MAVEN = """
        echo built >> mvn.log
        mkdir -p cli/target/lib perf/target/lib
        for file in cli/target/kernos-cli-1.jar cli/target/jvm.options cli/target/lib/dependency.jar \\
            perf/target/kernos-perf-1.jar perf/target/lib/dependency.jar perf/target/lib/jmh.jar
        do echo "$(wc -l < mvn.log)" > $file
        done
        """;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void makeSources() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        Files.copy(Path.of(System.getProperty("basedir", "."), "..", "kernos"), root.resolve("kernos"));
        for (String source : List.of(
                "pom.xml",
                "cli/pom.xml",
                "cli/src/main/Main.java",
                "perf/pom.xml",
                "transport/src/generator/Generator.java")) {
            Path file = root.resolve(source);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
            Files.setLastModifiedTime(file, LONG_AGO);
        }
        script("tools/mvn", MAVEN);
        script("tools/cc", "");
        script("jdk/bin/java", "echo \"$@\"; read -r line");
        script("jdk/bin/javac", "");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    }

    @Test
    void shouldBuildOnceAndRunFromThere() throws Exception {
        String first = run("tasks", "--all");
        assertEquals(first, run("tasks", "--all"));
        assertEquals(1, builds());
        Path build = root.resolve(".kernos/builds/now").toRealPath();
        assertTrue(first.endsWith("-cp " + build + "/lib/*:" + build + "/* io.kernos.cli.Kernos tasks --all"), first);
        assertTrue(run("perf", "idle")
                .endsWith("-cp " + build + "/perf/*:" + build + "/lib/*:" + build + "/* io.kernos.perf.Perf idle"));
        assertEquals(
                List.of("jmh.jar", "kernos-perf-1.jar"),
                List.of(build.resolve("perf").toFile().list()).stream().sorted().toList());
    }

    @Test
    void shouldBuildAgainWhenTheGeneratorOfTheMessagesChanges() throws Exception {
        run("tasks");
        change("transport/src/generator/Generator.java");
        run("tasks");
        assertEquals(2, builds());
    }

    @Test
    void shouldTakeWhatMavenHasPackaged() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder(folder.resolve("tools/mvn").toString())
                        .directory(root.toFile())
                        .start()
                        .waitFor());
        run("tasks");
        assertEquals(1, builds());
    }

    @Test
    void shouldLeaveTheJarsOfAClusterThatRunsUntilItHasEnded() throws Exception {
        Process up = start("up");
        List<Path> builds = new ArrayList<>();
        try (BufferedReader reader = up.inputReader(StandardCharsets.UTF_8)) {
            assertTrue(reader.readLine().endsWith(" io.kernos.cli.Kernos up"));
            builds.add(root.resolve(".kernos/builds/now").toRealPath());
            rebuild(builds);
            rebuild(builds);
            rebuild(builds);
            assertEquals("1\n", Files.readString(builds.getFirst().resolve("lib/dependency.jar")));
            assertFalse(Files.exists(builds.get(1)), "nobody runs from it");
            up.outputWriter(StandardCharsets.UTF_8).close();
            assertEquals(1, up.waitFor());
        }
        rebuild(builds);
        assertFalse(Files.exists(builds.getFirst()), "its cluster has ended");
        assertTrue(Files.exists(builds.get(3)), "a command may just have found it");
    }

    @Test
    void shouldKeepTheOldBuildWhenTheNewOneFails() throws Exception {
        String before = run("tasks");
        change("cli/src/main/Main.java");
        script("tools/mvn", "echo broken >&2; exit 1");
        Process failed = start("tasks");
        String errors = new String(failed.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, failed.waitFor());
        assertTrue(errors.endsWith("broken\nkernos: the build failed: see above\n"), errors);
        script("tools/mvn", MAVEN);
        Files.setLastModifiedTime(root.resolve("cli/src/main/Main.java"), LONG_AGO);
        assertEquals(before, run("tasks"));
        assertEquals(2, root.resolve(".kernos/builds").toFile().list().length, "now, and what it leads to");
    }

    private void rebuild(List<Path> builds) throws Exception {
        change("cli/src/main/Main.java");
        run("tasks");
        builds.add(root.resolve(".kernos/builds/now").toRealPath());
    }

    /** A moment after the last build, and before the next. */
    private void change(String source) throws IOException {
        Instant built = Files.getLastModifiedTime(root.resolve(".kernos/builds/now/built"))
                .toInstant();
        Files.setLastModifiedTime(root.resolve(source), FileTime.from(built.plusNanos(1_000)));
        Files.setLastModifiedTime(root.resolve("cli/target/kernos-cli-1.jar"), LONG_AGO);
    }

    private long builds() throws IOException {
        return Files.readAllLines(root.resolve("mvn.log")).size();
    }

    private String run(String... args) throws Exception {
        Process process = start(args);
        process.outputWriter(StandardCharsets.UTF_8).close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), errors);
        return said.strip();
    }

    private Process start(String... args) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", root.resolve("kernos").toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        return builder.start();
    }

    private void script(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "#!/bin/sh\n" + body,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
