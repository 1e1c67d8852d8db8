package io.kernos.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output or error of this process, unbuffered. Unlike those of {@link System} it does not keep to itself that
 * it cannot be written to: whoever writes gets an {@link OutputException}, also through a {@link java.io.PrintWriter}.
 */
final class StandardOutput extends OutputStream {
    private final String name;
    private final FileOutputStream file;

    private StandardOutput(String name, FileDescriptor descriptor) {
        this.name = name;
        file = new FileOutputStream(descriptor);
    }

    static StandardOutput out() {
        return new StandardOutput("standard output", FileDescriptor.out);
    }

    static StandardOutput err() {
        return new StandardOutput("standard error", FileDescriptor.err);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        try {
            file.write(bytes, offset, length);
        } catch (IOException ex) {
            throw new OutputException(name, ex);
        }
    }
}
