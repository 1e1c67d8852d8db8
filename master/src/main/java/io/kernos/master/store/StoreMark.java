package io.kernos.master.store;

import io.kernos.master.store.StoreException.Problem;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One page of memory shared by the projector and all readers: which generation of files is to be read, and for which
 * position of the log it stands. It has no locks, so no process that dies leaves it unreadable: a new status goes into
 * the slot that is not being read, and then its sequence number is published.
 */
final class StoreMark implements AutoCloseable {
    /** Of the layout of this page, the maps' files and their records' keys. */
    static final int VERSION = 1;

    static final String FILE_NAME = "store.mark";
    static final int FILE_BYTES = 4096;
    static final int STATUS_BYTES = 120;

    private static final int VERSION_OFFSET = 0;
    private static final int REBUILD_WANTED_OFFSET = 8;
    private static final int SEQUENCE_OFFSET = 16;
    private static final int WRITER_PID_OFFSET = 24;
    private static final int WRITER_START_OFFSET = 32;
    private static final int BOOT_OFFSET = 40;
    private static final int SLOTS_OFFSET = 128;
    private static final int SLOT_BYTES = 128;
    private static final int COUNTERS_OFFSET = 512;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer page;

    private StoreMark(MappedByteBuffer mapped) {
        this.mapped = mapped;
        this.page = new UnsafeBuffer(mapped);
    }

    /** For the projector: the page that is there, or a new one where there is none of this layout. */
    static StoreMark claim(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.exists(file) || Files.size(file) != FILE_BYTES) {
            replace(file);
        }
        StoreMark mark = map(file);
        if (mark.version() != VERSION) {
            mark.publishNone();
            mark.close();
            replace(file);
            mark = map(file);
        }
        return mark;
    }

    /** For readers. */
    static StoreMark open(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        StoreMark mark;
        try {
            if (Files.size(file) != FILE_BYTES) {
                throw new StoreException(Problem.DAMAGED, file + " is not a store's mark: restart the master", null);
            }
            mark = map(file);
        } catch (NoSuchFileException absent) {
            throw new StoreException(
                    Problem.ABSENT,
                    "no state store in " + folder + ": name the store folder of a running master",
                    absent);
        } catch (AccessDeniedException denied) {
            throw new StoreException(Problem.FORBIDDEN, forbidden(file), denied);
        } catch (IOException e) {
            throw new StoreException(Problem.DAMAGED, file + " cannot be read: " + e.getMessage(), e);
        }
        int version = mark.version();
        if (version != VERSION) {
            mark.close();
            throw new StoreException(Problem.OTHER_VERSION, otherVersion(folder, version), null);
        }
        return mark;
    }

    static String forbidden(Path file) {
        return file + " cannot be opened for reading and writing: reading takes locks in the files, so run this as a"
                + " user who may write them";
    }

    private static String otherVersion(Path folder, int version) {
        return "the state store in " + folder + " has version " + version + " and this program reads version " + VERSION
                + ": use the program of the master's release";
    }

    private static void replace(Path file) throws IOException {
        ByteBuffer page = ByteBuffer.allocateDirect(FILE_BYTES);
        new UnsafeBuffer(page).putInt(VERSION_OFFSET, VERSION);
        Path fresh = file.resolveSibling(FILE_NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (page.hasRemaining()) {
                channel.write(page);
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static StoreMark map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new StoreMark(channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES));
        }
    }

    int version() {
        return page.getIntVolatile(VERSION_OFFSET);
    }

    /** By the projector: readers are to read this generation, 0 for none, which stands for this status. */
    void publish(long generation, DirectBuffer status, int offset, int length) {
        long sequence = page.getLong(SEQUENCE_OFFSET) + 1;
        int slot = slot(sequence);
        VarHandle.storeStoreFence();
        page.putLong(slot, generation);
        page.putBytes(slot + Long.BYTES, status, offset, length);
        page.putLongVolatile(SEQUENCE_OFFSET, sequence);
    }

    /** By the projector: there is nothing to read. */
    void publishNone() {
        publish(0, page, 0, 0);
    }

    /**
     * Which generation to read, and its status.
     *
     * @param status filled with the status, {@link #STATUS_BYTES} long.
     * @return number of the generation, 0 for none.
     */
    long read(byte[] status) {
        while (true) {
            long sequence = page.getLongVolatile(SEQUENCE_OFFSET);
            int slot = slot(sequence);
            long generation = page.getLong(slot);
            page.getBytes(slot + Long.BYTES, status, 0, STATUS_BYTES);
            VarHandle.acquireFence();
            if (page.getLongVolatile(SEQUENCE_OFFSET) == sequence) {
                return generation;
            }
            Thread.onSpinWait();
        }
    }

    private static int slot(long sequence) {
        return SLOTS_OFFSET + (int) (sequence & 1) * SLOT_BYTES;
    }

    /** By a reader: this generation has a lock that nobody will release. */
    void wantRebuild(long generation) {
        page.putLongVolatile(REBUILD_WANTED_OFFSET, generation);
    }

    long rebuildWanted() {
        return page.getLongVolatile(REBUILD_WANTED_OFFSET);
    }

    /** By the projector as it starts. */
    void writer(long pid, long startMs, UUID boot) {
        page.putLong(WRITER_START_OFFSET, startMs);
        page.putLong(WRITER_PID_OFFSET, pid);
        page.putLong(BOOT_OFFSET, boot.getMostSignificantBits());
        page.putLong(BOOT_OFFSET + Long.BYTES, boot.getLeastSignificantBits());
        for (StoreCounter counter : StoreCounter.values()) {
            page.putLong(counterOffset(counter), 0);
        }
    }

    long writerPid() {
        return page.getLongVolatile(WRITER_PID_OFFSET);
    }

    long writerStartMs() {
        return page.getLongVolatile(WRITER_START_OFFSET);
    }

    /** Which boot of the machine the files were written in: after another one they may be torn. */
    UUID boot() {
        return new UUID(page.getLong(BOOT_OFFSET), page.getLong(BOOT_OFFSET + Long.BYTES));
    }

    void add(StoreCounter counter, long delta) {
        int offset = counterOffset(counter);
        page.putLongOpaque(offset, page.getLong(offset) + delta);
    }

    long count(StoreCounter counter) {
        return page.getLongVolatile(counterOffset(counter));
    }

    private static int counterOffset(StoreCounter counter) {
        return COUNTERS_OFFSET + counter.ordinal() * Long.BYTES;
    }

    @Override
    public void close() {
        BufferUtil.free(mapped);
    }
}
