package io.kernos.isolation;

import io.kernos.linux.Errno;
import io.kernos.linux.Linux;
import io.kernos.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Folders of control groups: making, finding and removing them.
 */
final class CgroupFolders {
    private static final String PREFIX = "c";

    private CgroupFolders() {}

    static Path numbered(Path folder, int number) {
        return folder.resolve(PREFIX + number);
    }

    /**
     * Makes a group and those above it, as far as they are not there.
     *
     * @throws LinuxException when the kernel refuses that.
     */
    static void make(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        make(folder.getParent());
        try {
            Linux.makeFolder(folder);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST || !Files.isDirectory(folder)) {
                throw new LinuxException("make control group " + folder, e.errno());
            }
        }
    }

    /** Makes groups and what is to be had of them; of those that were not there before none is left when that fails. */
    static <T> T makeAll(Collection<Path> folders, Supplier<T> content) {
        List<Path> made = new ArrayList<>();
        try {
            for (Path folder : folders) {
                if (!Files.isDirectory(folder)) {
                    make(folder);
                    made.add(folder);
                }
            }
            return content.get();
        } catch (RuntimeException e) {
            made.forEach(CgroupFolders::removeEmpty);
            throw e;
        }
    }

    /** Gives an agent's folder, and the one that it is in, the weight of all processors. */
    static void weighAsMachine(Path folder) {
        int processors = Runtime.getRuntime().availableProcessors();
        CpuWeight.setFor(folder.getParent(), processors);
        CpuWeight.setFor(folder, processors);
    }

    static List<Integer> numbersIn(Path folder) {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, PREFIX + "[0-9]*")) {
            for (Path entry : entries) {
                String digits = entry.getFileName().toString().substring(PREFIX.length());
                if (digits.length() < 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    numbers.add(Integer.valueOf(digits));
                }
            }
        } catch (NoSuchFileException e) {
            return numbers;
        } catch (IOException e) {
            throw new UncheckedIOException("could not list control groups in " + folder, e);
        }
        return numbers;
    }

    /** Removes a group and the groups that its task made inside; a busy one stays, for a later attempt. */
    static boolean remove(Path folder) {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        return removeAllIn(folder) && removeEmpty(folder);
    }

    /** Removes the groups inside a group; false when one is busy. */
    static boolean removeAllIn(Path folder) {
        boolean removed = true;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path entry : entries) {
                removed &= remove(entry);
            }
        } catch (IOException e) {
            return false;
        }
        return removed;
    }

    /**
     * Ends the handing down of controllers to groups inside a group of version 2: while there is one, no process can
     * be in it.
     *
     * @throws LinuxException when a group inside still uses one.
     */
    static void takeControllersBack(Path folder) {
        Path file = folder.resolve("cgroup.subtree_control");
        try (ControlFile control = new ControlFile(file)) {
            for (String controller : Files.readString(file).strip().split(" ", -1)) {
                if (!controller.isEmpty()) {
                    control.put("-" + controller);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + file, e);
        }
    }

    static boolean removeEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
