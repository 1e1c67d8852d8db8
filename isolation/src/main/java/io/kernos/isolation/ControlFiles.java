package io.kernos.isolation;

import io.kernos.linux.LinuxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of one control group that are kept open; when one cannot be opened, none stays open. */
final class ControlFiles implements AutoCloseable {
    private final List<ControlFile> files = new ArrayList<>();

    /** Opens a file of a group, or answers null where the group or the file is not there. */
    ControlFile open(Path folder, String name) {
        if (folder == null || !Files.exists(folder.resolve(name))) {
            return null;
        }
        try {
            ControlFile file = new ControlFile(folder.resolve(name));
            files.add(file);
            return file;
        } catch (LinuxException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        files.forEach(ControlFile::close);
        files.clear();
    }
}
