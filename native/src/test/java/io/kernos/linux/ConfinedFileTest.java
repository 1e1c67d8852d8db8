package io.kernos.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfinedFileTest {
    @TempDir
    Path folder;

    private Path sandbox;

    @BeforeEach
    void prepare() throws IOException {
        sandbox = Files.createDirectories(folder.resolve("sandbox"));
        Files.createDirectories(sandbox.resolve("deep/er"));
        Files.writeString(sandbox.resolve("stdout"), "hello");
        Files.writeString(sandbox.resolve("deep/er/file"), "below");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(sandbox.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(sandbox.resolve("inner"), sandbox.resolve("stdout"));
        Files.createSymbolicLink(sandbox.resolve("up"), folder);
    }

    @Test
    void shouldReadFromOffsetWhenFileIsPlain() {
        assertEquals("ello", read("stdout", 1));
        assertEquals("", read("stdout", 5));
        assertEquals("", read("stdout", 500));
        assertEquals("below", read("deep/er/file", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link",
                "inner",
                "up/secret",
                "up",
                "../secret",
                "deep/../../secret",
                ".",
                "..",
                "",
                "/etc/passwd",
                "deep",
                "deep//er/file",
                "./stdout",
                "stdout/x",
                "stdout/",
                "a\0b"
            })
    void shouldRefuseWhenNameLeadsOutOrIsNoPlainFile(String name) {
        LinuxException thrown = assertThrows(LinuxException.class, () -> ConfinedFile.open(sandbox, name));
        assertEquals(Errno.EACCES, thrown.errno());
    }

    @Test
    void shouldTellSoWhenFileIsNotThere() {
        LinuxException thrown = assertThrows(LinuxException.class, () -> ConfinedFile.open(sandbox, "nothing"));
        assertEquals(Errno.ENOENT, thrown.errno());
    }

    @Test
    void shouldRefuseAndNotBlockWhenFileIsPipe() throws Exception {
        Process made = new ProcessBuilder("mkfifo", sandbox.resolve("pipe").toString()).start();
        assertEquals(0, made.waitFor());
        LinuxException thrown = assertThrows(LinuxException.class, () -> ConfinedFile.open(sandbox, "pipe"));
        assertEquals(Errno.EACCES, thrown.errno());
    }

    @Test
    void shouldRefuseWhenFolderItselfIsLink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("other"), sandbox);
        LinuxException thrown = assertThrows(LinuxException.class, () -> ConfinedFile.open(link, "stdout"));
        assertEquals(Errno.EACCES, thrown.errno());
    }

    private String read(String name, long offset) {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
        try (ConfinedFile file = ConfinedFile.open(sandbox, name)) {
            int count = file.read(offset, buffer, 0, buffer.capacity());
            byte[] bytes = new byte[count];
            buffer.getBytes(0, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
