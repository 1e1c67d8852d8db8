package io.kernos.master.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the state machine feeds it into the files that readers open. A duty cycle of its own: bounded work, and
 * it never waits for a lock. Where a lock is held for too long, or a map cannot be written, it leaves the files as they
 * are, makes new ones, and has the state machine tell all its state again; readers are given the new ones once they are
 * complete. What is done on its thread at the start (opening takes a second) holds nobody up but readers.
 */
public final class StoreProjector implements Agent {
    private static final Logger LOGGER = LoggerFactory.getLogger(StoreProjector.class);
    private static final long NOT_BLOCKED = -1;
    private static final long RETRY_MS = 1_000;

    private final StoreContext context;
    private final EpochClock clock;
    private final OneToOneRingBuffer ring;
    private final StoreFeed feed;
    private final ControlledMessageHandler handler = this::onMessage;
    private final RecordKey key = new RecordKey();
    private final RecordValue value = new RecordValue();

    private ProjectorState state = ProjectorState.BROKEN;
    private StoreLock lock;
    private StoreMark mark;
    private HistoryLog history;
    private Generation generation;
    private long lastNumber;
    private long servedNumber;
    private long blockedSinceMs = NOT_BLOCKED;
    private long retryAtMs;

    /**
     * A projector and the feed to it. Nothing is opened before {@link #onStart()}.
     *
     * @param context its settings, which are concluded here.
     */
    public StoreProjector(StoreContext context) {
        this.context = context.conclude();
        this.clock = context.clock();
        int bytes = context.ringCapacityBytes() + RingBufferDescriptor.TRAILER_LENGTH;
        this.ring = new OneToOneRingBuffer(
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, BitUtil.CACHE_LINE_LENGTH)));
        this.feed = new StoreFeed(ring);
    }

    /**
     * The end for the state machine.
     *
     * @return the same each time.
     */
    public StoreFeed feed() {
        return feed;
    }

    @Override
    public String roleName() {
        return "store-projector";
    }

    /**
     * Claims the folder, takes over the history of finished tasks, and makes new files.
     *
     * @throws StoreException if another process writes this store, or its folder cannot be written.
     */
    @Override
    public void onStart() {
        Path directory = context.directory();
        try {
            Files.createDirectories(directory);
            lock = StoreLock.acquire(directory);
            mark = StoreMark.claim(directory);
            mark.publishNone();
            mark.writer(Machine.pid(), Machine.processStartMs(), Machine.boot());
            lastNumber = StoreFolder.highestGeneration(directory);
            history = new HistoryLog(directory, context.historyCapacity(), mark);
            removeOthers();
            begin();
        } catch (IOException e) {
            onClose();
            throw new StoreException(
                    StoreException.Problem.FORBIDDEN,
                    "the state store's folder " + directory + " cannot be written (" + e + "): give the master a folder"
                            + " of its own with room in it",
                    e);
        }
    }

    @Override
    public int doWork() {
        if (state == ProjectorState.CLOSED) {
            return 0;
        }
        int count = 0;
        if (state == ProjectorState.BROKEN && clock.time() >= retryAtMs) {
            rebuild("trying again");
            count++;
        }
        if (state == ProjectorState.SERVING && mark.rebuildWanted() == generation.number()) {
            mark.add(StoreCounter.LOCK_REBUILDS, 1);
            rebuild("a reader found a lock that nobody releases");
            count++;
        }
        count += drain();
        history.flush();
        return count;
    }

    private int drain() {
        boolean wasBlocked = blockedSinceMs != NOT_BLOCKED;
        try {
            int count = ring.controlledRead(handler, context.recordsPerCycle());
            if (wasBlocked && count == 0 && ring.size() > 0) {
                checkPatience();
            }
            return count;
        } catch (RuntimeException e) {
            mark.add(StoreCounter.ERROR_REBUILDS, 1);
            LOGGER.error("the state store cannot be written", e);
            fail();
            return 1;
        }
    }

    private void checkPatience() {
        if (blockedSinceMs != NOT_BLOCKED && clock.time() - blockedSinceMs > context.lockPatienceMs()) {
            mark.add(StoreCounter.LOCK_REBUILDS, 1);
            rebuild("a reader holds a lock for more than " + context.lockPatienceMs() + " ms");
        }
    }

    private ControlledMessageHandler.Action onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
        if (onMessage(type, buffer, index, length - RingMessage.RECORD_OFFSET, state)) {
            blockedSinceMs = NOT_BLOCKED;
            return ControlledMessageHandler.Action.CONTINUE;
        }
        if (blockedSinceMs == NOT_BLOCKED) {
            blockedSinceMs = clock.time();
            mark.add(StoreCounter.LOCK_WAITS, 1);
        }
        return ControlledMessageHandler.Action.ABORT;
    }

    private boolean onMessage(int type, MutableDirectBuffer buffer, int index, int bytes, ProjectorState in) {
        if (in == ProjectorState.BROKEN) {
            if (type == RingMessage.RETIRE) {
                keepForLater(buffer, index, bytes);
            }
            return true;
        }
        boolean taken = in != ProjectorState.AWAITS_BEGIN;
        switch (type) {
            case RingMessage.BEGIN:
                onBegin(buffer.getLong(index + RingMessage.KEY1_OFFSET));
                return true;
            case RingMessage.RETIRE:
                return onRetire(buffer, index, bytes);
            case RingMessage.PUT:
                return !taken || onPut(buffer, index, bytes);
            case RingMessage.REMOVE:
                return !taken || onRemove(buffer, index);
            case RingMessage.POSITION:
                if (taken) {
                    onPosition(buffer, index + RingMessage.RECORD_OFFSET, bytes);
                }
                return true;
            default:
                throw new IllegalStateException("ring message of type " + type);
        }
    }

    private void onBegin(long number) {
        if (number == generation.number()) {
            state(ProjectorState.FILLING);
        }
    }

    private boolean onPut(MutableDirectBuffer buffer, int index, int bytes) {
        RecordKind kind = kind(buffer, index);
        if (kind == null) {
            return true;
        }
        value.of(buffer, index + RingMessage.RECORD_OFFSET, bytes);
        try {
            if (!generation.map(kind).tryPut(key, value)) {
                return false;
            }
            mark.add(StoreCounter.PUTS, 1);
        } catch (StoreFullException full) {
            mark.add(StoreCounter.FULL, 1);
        }
        return true;
    }

    private boolean onRemove(MutableDirectBuffer buffer, int index) {
        RecordKind kind = kind(buffer, index);
        if (kind == null) {
            return true;
        }
        if (!generation.map(kind).tryRemove(key)) {
            return false;
        }
        mark.add(StoreCounter.REMOVES, 1);
        return true;
    }

    /** Into the history first, so that a reader who misses the live record finds the other. */
    private boolean onRetire(MutableDirectBuffer buffer, int index, int bytes) {
        RecordKind kind = kind(buffer, index);
        int record = index + RingMessage.RECORD_OFFSET;
        try {
            if (!generation.history().tryAdd(key.key1(), key.key2(), buffer, record, bytes)) {
                return false;
            }
        } catch (StoreFullException full) {
            mark.add(StoreCounter.FULL, 1);
        }
        if (!generation.map(kind).tryRemove(key)) {
            return false;
        }
        mark.add(StoreCounter.RETIRES, 1);
        return true;
    }

    /** There is no map now: the one that is made next reads the history's files. */
    private void keepForLater(MutableDirectBuffer buffer, int index, int bytes) {
        if (!history.isOpen()) {
            mark.add(StoreCounter.HISTORY_MISSES, 1);
            return;
        }
        kind(buffer, index);
        history.appendUnmapped(key.key1(), key.key2(), buffer, index + RingMessage.RECORD_OFFSET, bytes);
        mark.add(StoreCounter.RETIRES, 1);
    }

    private RecordKind kind(MutableDirectBuffer buffer, int index) {
        RecordKind kind = RecordKind.of(buffer.getInt(index + RingMessage.TEMPLATE_OFFSET));
        if (kind == null) {
            mark.add(StoreCounter.UNKNOWN_RECORDS, 1);
        }
        key.of(buffer.getLong(index + RingMessage.KEY1_OFFSET), buffer.getLong(index + RingMessage.KEY2_OFFSET));
        return kind;
    }

    private void onPosition(MutableDirectBuffer buffer, int offset, int length) {
        servedNumber = generation.number();
        mark.publish(servedNumber, buffer, offset, length);
        if (state == ProjectorState.FILLING) {
            state(ProjectorState.SERVING);
            removeOthers();
        }
    }

    private void removeOthers() {
        try {
            StoreFolder.removeOthers(context.directory(), servedNumber);
        } catch (IOException e) {
            LOGGER.warn("old files of the state store cannot be removed: {}", e.toString());
        }
    }

    private void rebuild(String reason) {
        LOGGER.warn("the state store begins new files: {}", reason);
        try {
            closeGeneration();
            removeOthers();
            begin();
        } catch (IOException | RuntimeException e) {
            LOGGER.error("the state store's files cannot be made in {}", context.directory(), e);
            fail();
        }
    }

    private void begin() throws IOException {
        lastNumber++;
        Path folder = StoreFolder.generation(context.directory(), lastNumber);
        Files.createDirectory(folder);
        generation = new Generation(lastNumber, folder, context, history, mark);
        generation.history().restore();
        blockedSinceMs = NOT_BLOCKED;
        state(ProjectorState.AWAITS_BEGIN);
        feed.generationWanted(lastNumber);
    }

    private void fail() {
        closeGeneration();
        retryAtMs = clock.time() + RETRY_MS;
        state(ProjectorState.BROKEN);
    }

    private void closeGeneration() {
        if (generation != null) {
            generation.close();
            generation = null;
        }
    }

    private void state(ProjectorState next) {
        LOGGER.debug("{} -> {}, generation {}", state, next, lastNumber);
        state = next;
    }

    /** Closes the files; readers go on with what is in them. */
    @Override
    public void onClose() {
        state(ProjectorState.CLOSED);
        closeGeneration();
        if (history != null) {
            history.close();
            history = null;
        }
        if (mark != null) {
            mark.close();
            mark = null;
        }
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
