package io.kernos.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** The files that the tasks of the demonstration read, and what they must find. */
final class DemoInput {
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final List<Path> files;
    private final Path links;
    private final String[] digests;

    private DemoInput(List<Path> files, Path links) {
        this.files = files;
        this.links = links;
        digests = new String[files.size()];
    }

    /**
     * Looks for files.
     *
     * @param folder to look in, at any depth; hidden folders and those of builds are left out.
     * @return the files, sorted, 1 at least.
     */
    static List<Path> find(Path folder) {
        try {
            List<Path> files = new ArrayList<>();
            Files.walkFileTree(folder, new Collector(folder, files));
            Collections.sort(files);
            if (files.isEmpty()) {
                throw new CommandException(
                        ExitCodes.FAILED,
                        "no files of 1 byte to 1 MiB are under " + folder + ": name a folder by --input");
            }
            return files;
        } catch (IOException ex) {
            throw new CommandException(ExitCodes.FAILED, "the files under " + folder + " cannot be used: " + ex, ex);
        }
    }

    /**
     * Makes a folder in which the task with an index finds its file under its index.
     *
     * @param files     to read.
     * @param links     folder to make.
     * @param taskCount how many tasks there are; with fewer files some are read again.
     * @return the input.
     */
    static DemoInput link(List<Path> files, Path links, int taskCount) {
        try {
            Files.createDirectories(links);
            for (int i = 0; i < taskCount; i++) {
                Files.createSymbolicLink(links.resolve(Integer.toString(i)), files.get(i % files.size()));
            }
            return new DemoInput(files, links);
        } catch (IOException ex) {
            throw new CommandException(ExitCodes.FAILED, links + " cannot be filled: " + ex, ex);
        }
    }

    int fileCount() {
        return files.size();
    }

    Path links() {
        return links;
    }

    Path file(int index) {
        return files.get(index % files.size());
    }

    /** What {@code sha256sum} must say of the file of a task; computed here, and remembered. */
    String digest(int index) {
        int file = index % files.size();
        if (digests[file] == null) {
            digests[file] = sha256(files.get(file));
        }
        return digests[file];
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException ex) {
            throw new UncheckedIOException("reading " + file, ex);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }

    /** Collects plain files that are not too large, and that stay as they are while a build runs. */
    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> files;

        Collector(Path root, List<Path> files) {
            this.root = root;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name =
                    folder.getFileName() == null ? "" : folder.getFileName().toString();
            boolean isLeftOut = !folder.equals(root) && (name.startsWith(".") || name.equals("target"));
            return isLeftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean fits = attributes.size() > 0 && attributes.size() <= MAX_FILE_BYTES;
            if (attributes.isRegularFile() && fits && Files.isReadable(file)) {
                files.add(file.toAbsolutePath());
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException ex) {
            return FileVisitResult.CONTINUE;
        }
    }
}
