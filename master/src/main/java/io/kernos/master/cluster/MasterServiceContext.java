package io.kernos.master.cluster;

import io.kernos.master.state.StateContext;
import io.kernos.transport.SettingException;
import org.agrona.BitUtil;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** Settings of a {@link MasterService}. Fill it in, conclude it once. */
public final class MasterServiceContext {
    /** Setting maxOutboxBytes unless told otherwise: what may wait for one session. */
    public static final int MAX_OUTBOX_BYTES_DEFAULT = 64 * 1024 * 1024;

    /** Setting slowSessionTimeoutMs unless told otherwise: how long a session may take nothing while messages wait. */
    public static final long SLOW_SESSION_TIMEOUT_MS_DEFAULT = 10_000;

    private static final int MIN_OUTBOX_BYTES = 256 * 1024;
    private static final int MAX_OUTBOX_BYTES = 1 << 30;

    private StateContext state = new StateContext();
    private ReadSide readSide;
    private NanoClock clock = SystemNanoClock.INSTANCE;
    private int maxOutboxBytes = MAX_OUTBOX_BYTES_DEFAULT;
    private long slowSessionTimeoutMs = SLOW_SESSION_TIMEOUT_MS_DEFAULT;

    /** All defaults. */
    public MasterServiceContext() {}

    /**
     * Check the settings.
     *
     * @return this.
     * @throws SettingException when one is wrong.
     */
    public MasterServiceContext conclude() {
        boolean sized = BitUtil.isPowerOfTwo(maxOutboxBytes)
                && maxOutboxBytes >= MIN_OUTBOX_BYTES
                && maxOutboxBytes <= MAX_OUTBOX_BYTES;
        SettingException.check(sized, "maxOutboxBytes", maxOutboxBytes, "use a power of two from 262144 to 1073741824");
        SettingException.check(
                slowSessionTimeoutMs >= 100, "slowSessionTimeoutMs", slowSessionTimeoutMs, "use 100 or more");
        return this;
    }

    /**
     * Settings of the state machine; the service sets its effects and its counting.
     *
     * @return the settings.
     */
    public StateContext state() {
        return state;
    }

    /**
     * Set the settings of the state machine.
     *
     * @param state the settings.
     * @return this.
     */
    public MasterServiceContext state(StateContext state) {
        this.state = state;
        return this;
    }

    /**
     * Who takes the changes of state.
     *
     * @return the read side, or null for none.
     */
    public ReadSide readSide() {
        return readSide;
    }

    /**
     * Set who takes the changes of state.
     *
     * @param readSide or null for none.
     * @return this.
     */
    public MasterServiceContext readSide(ReadSide readSide) {
        this.readSide = readSide;
        return this;
    }

    /**
     * Clock for the patience with slow sessions; never seen by the state machine.
     *
     * @return the clock.
     */
    public NanoClock clock() {
        return clock;
    }

    /**
     * Set the clock for the patience with slow sessions.
     *
     * @param clock to use.
     * @return this.
     */
    public MasterServiceContext clock(NanoClock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * What may wait for one session; beyond it the session is closed.
     *
     * @return bytes.
     */
    public int maxOutboxBytes() {
        return maxOutboxBytes;
    }

    /**
     * Set what may wait for one session.
     *
     * @param bytes a power of two.
     * @return this.
     */
    public MasterServiceContext maxOutboxBytes(int bytes) {
        maxOutboxBytes = bytes;
        return this;
    }

    /**
     * How long a session may take nothing while messages wait for it; beyond it the session is closed.
     *
     * @return milliseconds.
     */
    public long slowSessionTimeoutMs() {
        return slowSessionTimeoutMs;
    }

    /**
     * Set how long a session may take nothing while messages wait for it.
     *
     * @param timeoutMs milliseconds.
     * @return this.
     */
    public MasterServiceContext slowSessionTimeoutMs(long timeoutMs) {
        slowSessionTimeoutMs = timeoutMs;
        return this;
    }
}
