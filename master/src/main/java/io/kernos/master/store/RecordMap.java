package io.kernos.master.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.hash.locks.InterProcessDeadLockException;
import net.openhft.chronicle.hash.serialization.SizeMarshaller;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.MapSegmentContext;

/**
 * One Chronicle Map of records in a file, shared by the processes that have it open.
 *
 * <p>Its locks are words in that file. A process that dies while it holds one leaves it held, so a writer must not wait
 * for a lock: the {@code try} methods return false instead. Instances may be used by several threads, each with keys
 * and values of its own.
 */
final class RecordMap implements AutoCloseable {
    /**
     * A map's first tier has room for so many times the entries that are expected, and it may get so many more tiers.
     * What is expected is the limit divided by both, since making the file touches each slot of the first tier's index.
     */
    private static final int HEADROOM = 8;

    private static final long LEAST_EXPECTED_ENTRIES = 512;

    /** Each is locked as a whole and has pages of its own: few, since there is one writer. */
    private static final int SEGMENTS = 8;

    private final ChronicleMap<RecordKey, RecordValue> map;

    private RecordMap(ChronicleMap<RecordKey, RecordValue> map) {
        this.map = map;
    }

    /**
     * Makes a new map in a file that is not there yet.
     *
     * @throws IOException if the file cannot be made.
     */
    static RecordMap create(Path file, RecordKind kind, long maxEntries) throws IOException {
        return new RecordMap(builder(kind, maxEntries).createPersistedTo(file.toFile()));
    }

    /**
     * Opens the map of a file that another process may be writing.
     *
     * @throws NoSuchFileException if there is no such file.
     * @throws IOException         if it cannot be read.
     */
    static RecordMap open(Path file, RecordKind kind) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new RecordMap(builder(kind, LEAST_EXPECTED_ENTRIES).createPersistedTo(file.toFile()));
    }

    private static ChronicleMapBuilder<RecordKey, RecordValue> builder(RecordKind kind, long maxEntries) {
        ChronicleSetup.apply();
        return ChronicleMapBuilder.of(RecordKey.class, RecordValue.class)
                .name(kind.fileName())
                .entries(Math.max(LEAST_EXPECTED_ENTRIES, maxEntries / (HEADROOM * HEADROOM) + 1))
                .maxBloatFactor(HEADROOM)
                .actualSegments(SEGMENTS)
                .sparseFile(true)
                .averageValueSize(kind.averageBytes())
                .keyMarshaller(new RecordKeyMarshaller())
                .keySizeMarshaller(SizeMarshaller.constant(RecordKeyMarshaller.KEY_BYTES))
                .valueMarshaller(new RecordValueMarshaller())
                .checksumEntries(false)
                .putReturnsNull(true)
                .removeReturnsNull(true)
                // Its owner closes it, which may well happen while the process ends, and writes until then.
                .skipCloseOnExitHook(true);
    }

    /**
     * Puts an entry in, or another in its place.
     *
     * @return false if its segment is locked by a reader, and nothing was changed.
     * @throws StoreFullException if the map has no room for it; what was there is still there.
     */
    boolean tryPut(RecordKey key, RecordValue value) {
        try (ExternalMapQueryContext<RecordKey, RecordValue, ?> query = map.queryContext(key)) {
            if (!query.writeLock().tryLock()) {
                return false;
            }
            Data<RecordValue> data = query.wrapValueAsData(value);
            MapEntry<RecordKey, RecordValue> entry = query.entry();
            if (entry == null) {
                query.insert(query.absentEntry(), data);
            } else {
                query.replaceValue(entry, data);
            }
            return true;
        } catch (IllegalStateException full) {
            throw new StoreFullException(map.name(), full);
        }
    }

    /**
     * Takes an entry out, if it is there.
     *
     * @return false if its segment is locked by a reader, and nothing was changed.
     */
    boolean tryRemove(RecordKey key) {
        try (ExternalMapQueryContext<RecordKey, RecordValue, ?> query = map.queryContext(key)) {
            if (!query.writeLock().tryLock()) {
                return false;
            }
            MapEntry<RecordKey, RecordValue> entry = query.entry();
            if (entry != null) {
                query.remove(entry);
            }
            return true;
        }
    }

    /**
     * Reads an entry.
     *
     * @param into filled if the entry is there.
     * @return whether it is there.
     * @throws StoreLockedException if its segment is locked for too long.
     */
    boolean read(RecordKey key, RecordValue into) {
        try (ExternalMapQueryContext<RecordKey, RecordValue, ?> query = map.queryContext(key)) {
            if (!query.readLock().tryLock(ChronicleSetup.LOCK_TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new StoreLockedException(map.name());
            }
            MapEntry<RecordKey, RecordValue> entry = query.entry();
            if (entry != null) {
                entry.value().getUsing(into);
            }
            return entry != null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreLockedException(map.name());
        }
    }

    /**
     * Reads all entries, segment by segment, each under its lock; what changes meanwhile may or may not be seen.
     *
     * @param visitor called under the lock, so it must be quick and not throw.
     * @throws StoreLockedException if a segment is locked for too long.
     */
    void readAll(RecordVisitor visitor) {
        RecordKey key = new RecordKey();
        RecordValue value = new RecordValue();
        for (int segment = 0; segment < map.segments(); segment++) {
            try (MapSegmentContext<RecordKey, RecordValue, ?> context = map.segmentContext(segment)) {
                context.forEachSegmentEntry(entry -> visitor.onRecord(
                        entry.key().getUsing(key), entry.value().getUsing(value)));
            } catch (InterProcessDeadLockException locked) {
                throw new StoreLockedException(map.name());
            }
        }
    }

    /** How many entries it has; counts without locks, so it may be off by what is being written. */
    long size() {
        return map.longSize();
    }

    @Override
    public void close() {
        map.close();
    }
}
