package io.kernos.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void shouldKeepASecondOneOutUntilTheFirstIsClosed() {
        Path mine = folder.resolve("made/here");
        try (FolderLock _ = FolderLock.take("directory", mine, "lock", "master")) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class, () -> FolderLock.take("directory", mine, "lock", "master"));
            assertEquals(
                    "directory=" + mine + " is in use by another master: stop that one, or name another folder",
                    thrown.getMessage());
        }
        FolderLock.take("directory", mine, "lock", "master").close();
    }

    @Test
    void shouldNameTheFileWhenItCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        UncheckedIOException thrown =
                assertThrows(UncheckedIOException.class, () -> FolderLock.take("directory", file, "lock", "master"));

        assertTrue(thrown.getMessage().contains(file.resolve("lock").toString()), thrown.getMessage());
    }
}
