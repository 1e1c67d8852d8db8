package io.kernos.cli.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native half of the library by which system calls are made. By itself it unpacks to a new file in /tmp each time,
 * which a killed process leaves there; here it is kept in one place.
 */
public final class NativeStub {
    private static final Logger LOG = LoggerFactory.getLogger(NativeStub.class);
    private static final String FOLDER_PROPERTY = "jffi.boot.library.path";
    private static final String FILE = "libjffi-1.2.so";

    private NativeStub() {}

    /**
     * Unpacks it, before anything makes a system call. Where that cannot be done it goes to /tmp as ever.
     *
     * @param folder to keep it in, of this user alone; made if it is not there.
     */
    public static void unpackInto(Path folder) {
        String platform = platform();
        boolean isList = folder.toString().indexOf(java.io.File.pathSeparatorChar) >= 0;
        if (isList || System.getProperty(FOLDER_PROPERTY) != null) {
            return;
        }
        try (InputStream packed = NativeStub.class.getResourceAsStream("/jni/" + platform + "/" + FILE)) {
            if (packed != null) {
                unpack(packed.readAllBytes(), folder.resolve(FILE));
                System.setProperty(FOLDER_PROPERTY, folder.toString());
            }
        } catch (IOException ex) {
            LOG.warn("{} cannot be unpacked into {}: it goes to /tmp", FILE, folder, ex);
        }
    }

    private static String platform() {
        String arch = System.getProperty("os.arch");
        return (arch.equals("amd64") ? "x86_64" : arch) + "-Linux";
    }

    /** In one step, so that a process that is killed leaves the whole file or none under this name. */
    private static void unpack(byte[] packed, Path file) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), packed)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.write(fresh, packed);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
