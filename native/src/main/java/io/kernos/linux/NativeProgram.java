package io.kernos.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A program in C that travels in this module's jar and is written to disk to be run.
 */
public enum NativeProgram {
    /** Starts containers and outlives the agent. */
    SUPERVISOR("kernos-supervisor"),
    /** What starting a process costs bare, for benchmarks to be compared with. */
    BARE_LAUNCH("kernos-bare-launch");

    private final String fileName;

    NativeProgram(String fileName) {
        this.fileName = fileName;
    }

    /**
     * Writes the program into a folder, in one step: a program of that name that runs goes on undisturbed.
     *
     * @param folder existing folder, on a file system from which programs may be run.
     * @return path of the program.
     * @throws UncheckedIOException when it cannot be written.
     */
    public Path extractTo(Path folder) {
        Path program = folder.resolve(fileName).toAbsolutePath();
        try (InputStream bytes = NativeProgram.class.getResourceAsStream(fileName)) {
            if (bytes == null) {
                throw new IOException("the program " + fileName + " is not in the jar: build the module native anew");
            }
            Path fresh = Files.createTempFile(folder, fileName, ".new");
            Files.copy(bytes, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException("could not write " + program, e);
        }
    }
}
