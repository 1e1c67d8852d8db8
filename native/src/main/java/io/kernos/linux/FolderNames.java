package io.kernos.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The names in an open folder, one after the other, as the bytes that they are: a name need not be text.
 */
final class FolderNames {
    /** For a folder, to the call that removes names. */
    static final int AT_REMOVEDIR = 0x200;

    private static final int GETDENTS64 = "aarch64".equals(System.getProperty("os.arch")) ? 61 : 217;
    private static final int LISTING_BYTES = 8 * 1024;
    private static final int LENGTH_OFFSET = 16;
    private static final int NAME_OFFSET = 19;

    private final UnsafeBuffer listing;
    private int at;
    private int following;
    private int end;

    FolderNames() {
        this(new UnsafeBuffer(ByteBuffer.allocateDirect(LISTING_BYTES)), 0);
    }

    private FolderNames(UnsafeBuffer listing, int at) {
        this.listing = listing;
        this.at = at;
    }

    /** A single name. */
    static FolderNames of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length + 1));
        buffer.putBytes(0, bytes);
        return new FolderNames(buffer, 0);
    }

    /** Begins anew with what the folder has now. */
    void rewind(int fd) {
        Linux.libC().lseek(fd, 0, 0);
        following = 0;
        end = 0;
    }

    /**
     * Goes on to the next name.
     *
     * @param fd of the folder.
     * @return whether there is one.
     * @throws LinuxException when the folder cannot be listed.
     */
    boolean next(int fd) {
        do {
            if (following == end && !read(fd)) {
                return false;
            }
            at = following + NAME_OFFSET;
            following += listing.getShort(following + LENGTH_OFFSET, ByteOrder.nativeOrder());
        } while (isDots());
        return true;
    }

    private boolean read(int fd) {
        long count = Linux.libC().syscall(GETDENTS64, fd, listing.addressOffset(), LISTING_BYTES);
        if (count < 0) {
            throw new LinuxException("list a folder", Linux.errno());
        }
        following = 0;
        end = (int) count;
        return count > 0;
    }

    private boolean isDots() {
        int length = length();
        return listing.getByte(at) == '.' && (length == 1 || length == 2 && listing.getByte(at + 1) == '.');
    }

    private int length() {
        int length = 0;
        while (listing.getByte(at + length) != 0) {
            length++;
        }
        return length;
    }

    /** Where the name is, ended by a zero; until the next one is asked for. */
    long address() {
        return listing.addressOffset() + at;
    }

    /** The name for a person. */
    String text() {
        byte[] bytes = new byte[length()];
        listing.getBytes(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
