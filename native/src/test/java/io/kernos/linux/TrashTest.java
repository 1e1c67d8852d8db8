package io.kernos.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrashTest {
    private static final int SWAPPED_ROUNDS = 300;
    private static final int ORDINARY_USER = 65534;
    private static final int SETFSUID = "aarch64".equals(System.getProperty("os.arch")) ? 151 : 122;

    @TempDir
    Path folder;

    private Path root;
    private Path bin;
    private Path sandbox;
    private Path outside;
    private Trash trash;

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectory(folder.resolve("sandboxes"));
        bin = Files.createDirectory(root.resolve("trash"));
        sandbox = Files.createDirectories(root.resolve("1/7"));
        outside = Files.createDirectories(folder.resolve("outside/7"));
        Files.writeString(outside.resolve("precious"), "precious");
        Files.createDirectory(outside.resolve("empty"));
        trash = new Trash(root, bin);
    }

    private void discardAndEmpty() {
        assertTrue(trash.discard(sandbox));
        empty();
    }

    private void empty() {
        for (List<String> names = trash.names(); !names.isEmpty(); names = trash.names()) {
            names.forEach(trash::remove);
        }
    }

    private void assertOutsideIsWhole() throws IOException {
        assertEquals("precious", Files.readString(outside.resolve("precious")));
        assertTrue(Files.isDirectory(outside.resolve("empty")));
    }

    @Test
    void shouldRemoveAllThatIsInAFolder() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            Files.writeString(sandbox.resolve("a file with a rather long name, of which there are many: " + i), "x");
        }
        Files.createDirectories(sandbox.resolve("deep/er/and/deeper"));
        Files.writeString(sandbox.resolve("deep/er/.hidden"), "x");
        Files.writeString(sandbox.resolve("deep/er/..."), "x");
        discardAndEmpty();
        assertFalse(Files.exists(sandbox.getParent()));
    }

    @Test
    void shouldRemoveLinksAndNotWhatTheyName() throws IOException {
        Files.createDirectory(sandbox.resolve("deep"));
        Files.createSymbolicLink(sandbox.resolve("link"), outside);
        Files.createSymbolicLink(sandbox.resolve("deep/link"), outside);
        Files.createSymbolicLink(sandbox.resolve("deep/nowhere"), Path.of("nowhere"));
        discardAndEmpty();
        assertFalse(Files.exists(sandbox));
        assertOutsideIsWhole();
    }

    @Test
    void shouldRemoveTheLinkWhenItStandsForTheFolder() throws IOException {
        Files.delete(sandbox);
        Files.createSymbolicLink(sandbox, outside);
        discardAndEmpty();
        assertFalse(Files.exists(sandbox, LinkOption.NOFOLLOW_LINKS));
        assertOutsideIsWhole();
    }

    @Test
    void shouldRefuseWhenALinkLeadsToTheFolder() throws IOException {
        Files.delete(sandbox);
        Files.delete(sandbox.getParent());
        Files.createSymbolicLink(sandbox.getParent(), outside.getParent());
        LinuxException thrown = assertThrows(LinuxException.class, () -> trash.discard(sandbox));
        assertEquals(Errno.ENOTDIR, thrown.errno(), thrown.getMessage());
        assertOutsideIsWhole();
    }

    @Test
    void shouldTellWhenThereIsNothing() throws IOException {
        Files.delete(sandbox);
        assertFalse(trash.discard(sandbox));
        assertFalse(trash.discard(root.resolve("2/1")));
        trash.remove("nothing");
    }

    @Test
    void shouldRemoveWhatIsDeeperThanMayBeOpenAtOneTime() throws IOException {
        Path deep = sandbox;
        for (int i = 0; i < 3 * Trash.MAX_DEPTH; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        Files.writeString(deep.resolve("bottom"), "x");
        assertTrue(trash.discard(sandbox));
        trash.names().forEach(trash::remove);
        assertEquals(1, trash.names().size());
        empty();
    }

    @Test
    void shouldRemoveWhatItsUserMayNotWriteTo() throws IOException {
        Path sealed = Files.createDirectory(sandbox.resolve("sealed"));
        Files.writeString(sealed.resolve("file"), "x");
        Files.setPosixFilePermissions(sealed, PosixFilePermissions.fromString("r-xr-xr-x"));
        discardAndEmpty();
        assertFalse(Files.exists(sandbox));
    }

    @Test
    void shouldRemoveWhatItsUserMayDoNothingWith() throws IOException {
        Path sealed = Files.createDirectories(sandbox.resolve("sealed/within"));
        Files.writeString(sealed.resolve("file"), "x");
        seal(sealed, "---------");
        seal(sealed.getParent(), "--x------");
        seal(Files.createDirectory(sandbox.resolve("blind")), "-wx------");
        seal(Files.createDirectory(sandbox.resolve("closed")), "rw-------");
        asOrdinaryUser(this::discardAndEmpty);
        assertFalse(Files.exists(sandbox));
    }

    @Test
    void shouldDiscardWhatItsUserMayNotWriteTo() throws IOException {
        for (String mode : List.of("r-xr-xr-x", "---------", "r--------")) {
            Files.writeString(Files.createDirectories(sandbox).resolve("file"), "x");
            seal(sandbox, mode);
            asOrdinaryUser(this::discardAndEmpty);
            assertFalse(Files.exists(sandbox), mode);
        }
    }

    @Test
    void shouldRemoveWhatIsDeepAndMayNotBeWrittenTo() throws IOException {
        Path deep = sandbox;
        for (int i = 0; i < Trash.MAX_DEPTH + 2; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        for (Path at = deep; !at.equals(sandbox.getParent()); at = at.getParent()) {
            seal(at, "r-xr-xr-x");
        }
        asOrdinaryUser(this::discardAndEmpty);
        assertFalse(Files.exists(sandbox));
    }

    @Test
    void shouldLeaveModesOutsideWhenLinkIsShut() throws IOException {
        Files.createSymbolicLink(sandbox.resolve("link"), outside);
        seal(sandbox, "r-xr-xr-x");
        seal(outside, "r-x------");
        asOrdinaryUser(this::discardAndEmpty);
        assertFalse(Files.exists(sandbox));
        assertEquals("r-x------", PosixFilePermissions.toString(Files.getPosixFilePermissions(outside)));
        assertOutsideIsWhole();
        seal(outside, "rwx------");
    }

    private static void seal(Path folder, String mode) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    /** Root may all, whatever the modes are, so this thread has another user's rights meanwhile. */
    private void asOrdinaryUser(Runnable action) throws IOException {
        if (!Linux.isRoot()) {
            action.run();
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> Linux.own(file, ORDINARY_USER, ORDINARY_USER));
        }
        Linux.libC().syscall(SETFSUID, ORDINARY_USER, 0, 0);
        try {
            action.run();
        } finally {
            Linux.libC().syscall(SETFSUID, 0, 0, 0);
        }
    }

    /** The task still holds its sandbox open, and gives the name of its folder to a link and back, all the while. */
    @Test
    void shouldNotTouchWhatIsOutsideWhenFolderIsSwappedForLinkMeanwhile() throws Exception {
        for (int i = 0; i < SWAPPED_ROUNDS; i++) {
            Path inner = Files.createDirectories(sandbox.resolve("swapped/7"));
            Files.writeString(inner.resolve("precious"), "bait");
            Files.createSymbolicLink(sandbox.resolve("link"), outside.getParent());
            try (DirectoryStream<Path> held = Files.newDirectoryStream(sandbox)) {
                Thread hostile = Thread.ofPlatform().start(() -> swap((SecureDirectoryStream<Path>) held));
                assertTrue(trash.discard(sandbox));
                while (!trash.names().isEmpty()) {
                    trash.names().forEach(this::tryToRemove);
                }
                hostile.join();
            }
            assertOutsideIsWhole();
        }
    }

    /** The task may win a round. */
    private void tryToRemove(String name) {
        try {
            trash.remove(name);
        } catch (LinuxException ex) {
            assertEquals(Errno.ENOTEMPTY, ex.errno(), ex.getMessage());
        }
    }

    private static void swap(SecureDirectoryStream<Path> held) {
        boolean there = true;
        while (there) {
            there = rename(held, "swapped", "spare");
            there |= rename(held, "link", "swapped");
            there |= rename(held, "swapped", "link");
            there |= rename(held, "spare", "swapped");
        }
    }

    private static boolean rename(SecureDirectoryStream<Path> held, String from, String to) {
        try {
            held.move(Path.of(from), held, Path.of(to));
            return true;
        } catch (IOException ex) {
            return false;
        }
    }
}
