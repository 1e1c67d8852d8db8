package io.kernos.isolation;

import io.kernos.linux.KernelFile;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * One file of a control group, kept open, so that a number is written or read by one system call.
 */
final class ControlFile implements AutoCloseable {
    private final KernelFile file;
    private long written = Long.MIN_VALUE;

    ControlFile(Path path) {
        file = KernelFile.open(path);
    }

    /** Writes a number, unless it was the last one written. */
    void put(long value) {
        if (value != written) {
            file.write(value);
            written = value;
        }
    }

    /** Writes a number, whatever was written before. */
    void putAlways(long value) {
        file.write(value);
        written = value;
    }

    /** Writes a word. */
    void put(String word) {
        file.write(word);
        written = Long.MIN_VALUE;
    }

    /** Writes a number, or the word {@code max} for 0. */
    void putOrMax(long value) {
        if (value == written) {
            return;
        }
        if (value == 0) {
            file.write("max");
        } else {
            file.write(value);
        }
        written = value;
    }

    /** Reads the number that follows a word at the start of a line; 0 when there is no such line. */
    long valueOf(byte[] name) {
        int length = file.read();
        DirectBuffer text = file.content();
        for (int at = 0; at < length; at = nextLine(text, at, length)) {
            if (startsWith(text, at, length, name)) {
                return number(text, at + name.length + 1, length);
            }
        }
        return 0;
    }

    /** Calls for each number that stands at the start of a line. */
    int forEachNumber(NumberConsumer consumer) {
        int length = file.read();
        DirectBuffer text = file.content();
        int count = 0;
        for (int at = 0; at < length; at = nextLine(text, at, length)) {
            consumer.accept(number(text, at, length));
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        file.close();
    }

    /** Takes numbers without boxing them. */
    interface NumberConsumer {
        void accept(long value);
    }

    private static int nextLine(DirectBuffer text, int from, int length) {
        int at = from;
        while (at < length && text.getByte(at) != '\n') {
            at++;
        }
        return at + 1;
    }

    private static boolean startsWith(DirectBuffer text, int at, int length, byte[] name) {
        if (at + name.length >= length || text.getByte(at + name.length) != ' ') {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (text.getByte(at + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(DirectBuffer text, int from, int length) {
        long value = 0;
        for (int at = from; at < length; at++) {
            int digit = text.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
