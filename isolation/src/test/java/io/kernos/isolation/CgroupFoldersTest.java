package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.linux.Errno;
import io.kernos.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of groups, on a folder tree that is no hierarchy of the kernel's. */
class CgroupFoldersTest {
    @TempDir
    Path folder;

    @Test
    void shouldMakeWhatIsAboveTooAndLetBeWhatIsThere() {
        Path group = folder.resolve("kernos/agent/c0");

        CgroupFolders.make(group);
        CgroupFolders.make(group);

        assertTrue(Files.isDirectory(group));
    }

    @Test
    void shouldTellTheReasonOfTheKernelWhenAGroupCannotBeMade() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));

        LinuxException thrown = assertThrows(LinuxException.class, () -> CgroupFolders.make(taken.resolve("c0")));

        assertEquals(Errno.EEXIST, thrown.errno());
        assertEquals("make control group " + taken + ": EEXIST", thrown.getMessage());
    }

    @Test
    void shouldLeaveNothingOfASlotThatCouldNotBeMadeInEachHierarchy() throws IOException {
        CgroupsV1 groups = groups();
        Files.createFile(folder.resolve("pids/kernos/agent/c3"));

        LinuxException thrown = assertThrows(LinuxException.class, () -> groups.open(3));

        assertEquals(Errno.EEXIST, thrown.errno());
        assertFalse(Files.exists(folder.resolve("cpu/kernos/agent/c3")));
    }

    @Test
    void shouldLetBeAGroupThatWasThereWhenItsSlotCannotBeOpened() throws IOException {
        CgroupsV1 groups = groups();
        Path before = Files.createDirectory(folder.resolve("cpu/kernos/agent/c3"));
        Files.createFile(folder.resolve("pids/kernos/agent/c3"));

        assertThrows(LinuxException.class, () -> groups.open(3));

        assertTrue(Files.isDirectory(before));
    }

    private CgroupsV1 groups() {
        return new CgroupsV1(
                Map.of("cpu", folder.resolve("cpu"), "pids", folder.resolve("pids")), "kernos/agent", false);
    }
}
