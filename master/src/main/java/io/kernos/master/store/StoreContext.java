package io.kernos.master.store;

import io.kernos.master.state.StateContext;
import io.kernos.transport.SettingException;
import java.nio.file.Path;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * The settings of a state store's writing side: fill it in, {@link #conclude()} it once, then only read it.
 */
public final class StoreContext {
    /** Setting historyCapacity unless told otherwise: finished tasks that are kept. */
    public static final int HISTORY_CAPACITY_DEFAULT = 100_000;

    /** Most finished tasks that can be kept. */
    public static final int HISTORY_CAPACITY_MAX = 10_000_000;

    /** Setting ringCapacityBytes unless told otherwise: room between the state machine and the projector. */
    public static final int RING_CAPACITY_BYTES_DEFAULT = 1 << 20;

    /** Least room between the state machine and the projector: eight of the longest messages, and more. */
    public static final int RING_CAPACITY_BYTES_MIN = 1 << 19;

    /** Most room between the state machine and the projector. */
    public static final int RING_CAPACITY_BYTES_MAX = 1 << 30;

    /** Setting lockPatienceMs unless told otherwise: how long a lock may keep the projector from writing. */
    public static final long LOCK_PATIENCE_MS_DEFAULT = 1_000;

    /** Longest that a lock may keep the projector from writing. */
    public static final long LOCK_PATIENCE_MS_MAX = 60_000;

    /** Setting recordsPerCycle unless told otherwise: most records that one duty cycle writes. */
    public static final int RECORDS_PER_CYCLE_DEFAULT = 256;

    /** Most records that one duty cycle may be told to write. */
    public static final int RECORDS_PER_CYCLE_MAX = 65_536;

    private Path directory;
    private int historyCapacity = HISTORY_CAPACITY_DEFAULT;
    private int ringCapacityBytes = RING_CAPACITY_BYTES_DEFAULT;
    private long lockPatienceMs = LOCK_PATIENCE_MS_DEFAULT;
    private int recordsPerCycle = RECORDS_PER_CYCLE_DEFAULT;
    private StateContext limits = new StateContext();
    private EpochClock clock = SystemEpochClock.INSTANCE;

    /** All defaults; the folder must be given. */
    public StoreContext() {}

    /**
     * Folder of the store, which belongs to one member and its log; made if it is not there. Must be given.
     *
     * @param directory the folder.
     * @return this, for chaining.
     */
    public StoreContext directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /**
     * Folder of the store.
     *
     * @return the folder, or null before it is given.
     */
    public Path directory() {
        return directory;
    }

    /**
     * How many finished tasks are kept; the oldest go first.
     *
     * @param historyCapacity from 1 to {@link #HISTORY_CAPACITY_MAX}.
     * @return this, for chaining.
     */
    public StoreContext historyCapacity(int historyCapacity) {
        this.historyCapacity = historyCapacity;
        return this;
    }

    /**
     * How many finished tasks are kept.
     *
     * @return the setting.
     */
    public int historyCapacity() {
        return historyCapacity;
    }

    /**
     * Room between the state machine and the projector, in bytes. When it is full, changes wait in the state machine
     * and run together.
     *
     * @param ringCapacityBytes a power of two from {@link #RING_CAPACITY_BYTES_MIN} to
     *                          {@link #RING_CAPACITY_BYTES_MAX}.
     * @return this, for chaining.
     */
    public StoreContext ringCapacityBytes(int ringCapacityBytes) {
        this.ringCapacityBytes = ringCapacityBytes;
        return this;
    }

    /**
     * Room between the state machine and the projector, in bytes.
     *
     * @return the setting.
     */
    public int ringCapacityBytes() {
        return ringCapacityBytes;
    }

    /**
     * How long a lock that a reader holds may keep the projector from writing, before it leaves the files to the
     * reader and begins new ones.
     *
     * @param lockPatienceMs from 1 to {@link #LOCK_PATIENCE_MS_MAX}.
     * @return this, for chaining.
     */
    public StoreContext lockPatienceMs(long lockPatienceMs) {
        this.lockPatienceMs = lockPatienceMs;
        return this;
    }

    /**
     * How long a lock may keep the projector from writing, in milliseconds.
     *
     * @return the setting.
     */
    public long lockPatienceMs() {
        return lockPatienceMs;
    }

    /**
     * Most records that one duty cycle writes.
     *
     * @param recordsPerCycle from 1 to {@link #RECORDS_PER_CYCLE_MAX}.
     * @return this, for chaining.
     */
    public StoreContext recordsPerCycle(int recordsPerCycle) {
        this.recordsPerCycle = recordsPerCycle;
        return this;
    }

    /**
     * Most records that one duty cycle writes.
     *
     * @return the setting.
     */
    public int recordsPerCycle() {
        return recordsPerCycle;
    }

    /**
     * The state machine's limits: each map has room for so many objects.
     *
     * @param limits settings of the state machine.
     * @return this, for chaining.
     */
    public StoreContext limits(StateContext limits) {
        this.limits = limits;
        return this;
    }

    /**
     * The state machine's limits.
     *
     * @return the limits.
     */
    public StateContext limits() {
        return limits;
    }

    /**
     * Clock that measures how long a lock is held.
     *
     * @param clock never null.
     * @return this, for chaining.
     */
    public StoreContext clock(EpochClock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Clock that measures how long a lock is held.
     *
     * @return the clock.
     */
    public EpochClock clock() {
        return clock;
    }

    /**
     * Checks the settings.
     *
     * @return this, for chaining.
     * @throws SettingException if one is wrong, which names it, its value and the remedy.
     */
    public StoreContext conclude() {
        SettingException.check(directory != null, "storeDirectory", directory, "name a folder for the state store");
        SettingException.checkRange("storeHistoryCapacity", historyCapacity, 1, HISTORY_CAPACITY_MAX);
        SettingException.checkRange(
                "storeRingCapacityBytes", ringCapacityBytes, RING_CAPACITY_BYTES_MIN, RING_CAPACITY_BYTES_MAX);
        boolean power = Integer.bitCount(ringCapacityBytes) == 1;
        SettingException.check(power, "storeRingCapacityBytes", ringCapacityBytes, "use a power of two");
        SettingException.checkRange("storeLockPatienceMs", lockPatienceMs, 1, LOCK_PATIENCE_MS_MAX);
        SettingException.checkRange("storeRecordsPerCycle", recordsPerCycle, 1, RECORDS_PER_CYCLE_MAX);
        return this;
    }
}
