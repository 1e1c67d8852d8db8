package io.kernos.master.state;

import org.agrona.DirectBuffer;

/**
 * All that a cluster decides, as one function of its commands.
 *
 * <p>Single-threaded: every method is called by one thread, in the order of the replicated log. Each {@code on} method
 * is a replicated command; all members must be given the same ones with the same arguments. Time is the cluster's, in
 * milliseconds since the Unix epoch, and never runs back (where it would, the last time is used).
 *
 * <p>No input makes a method throw, however malformed. An {@link IllegalStateException} means that an invariant of the
 * state machine itself does not hold.
 */
public final class MasterStateMachine {
    /** What {@link #nextDeadlineMs()} returns when nothing waits for time to pass. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private final Parts parts;
    private final SnapshotWriter writer;
    private SnapshotLoader loader;
    private long nowMs;

    /**
     * A state machine that holds nothing.
     *
     * @param context its settings, concluded.
     */
    public MasterStateMachine(StateContext context) {
        parts = new Parts(context.conclude());
        writer = new SnapshotWriter(parts.tables, parts.allocator);
        loader = new SnapshotLoader(parts);
    }

    /**
     * A session was opened: of a framework, an operator or a relay, which its first message tells.
     *
     * @param sessionId from 1.
     * @param nowMs     the cluster's time.
     */
    public void onSessionOpen(long sessionId, long nowMs) {
        advance(nowMs);
        parts.sessions.open(sessionId);
        parts.steps.settle(this.nowMs);
    }

    /**
     * A session is gone, for whatever reason. Harmless for one that is not known.
     *
     * @param sessionId which.
     * @param nowMs     the cluster's time.
     */
    public void onSessionClose(long sessionId, long nowMs) {
        advance(nowMs);
        parts.sessions.close(sessionId, this.nowMs);
        parts.steps.settle(this.nowMs);
    }

    /**
     * A session sent a message. What cannot be carried out is answered with {@code Refused} (or {@code AgentRefused})
     * and counted.
     *
     * @param sessionId who sent it.
     * @param nowMs     the cluster's time.
     * @param buffer    holds it, valid until the call returns.
     * @param offset    where the message, with its header, begins.
     * @param length    of the message in bytes; may be anything.
     */
    public void onMessage(long sessionId, long nowMs, DirectBuffer buffer, int offset, int length) {
        advance(nowMs);
        parts.ingress.onMessage(sessionId, this.nowMs, buffer, offset, length);
        parts.steps.settle(this.nowMs);
    }

    /**
     * Time passed: carries out what is due.
     *
     * @param nowMs the cluster's time.
     */
    public void onTime(long nowMs) {
        advance(nowMs);
        parts.steps.settle(this.nowMs);
    }

    /**
     * Whether a session is open here; one that is open in the cluster but not here was turned away.
     *
     * @param sessionId which.
     * @return whether it was opened and not closed since.
     */
    public boolean hasSession(long sessionId) {
        return parts.tables.sessions.byId(sessionId) != null;
    }

    /**
     * When {@link #onTime} should be called next; calling it earlier or later is harmless.
     *
     * @return a time in the cluster's milliseconds, or {@link #NO_DEADLINE}.
     */
    public long nextDeadlineMs() {
        return parts.steps.nextDeadlineMs();
    }

    /**
     * A new leader took over: repeats to every open session all that the last leader may have left unsent. A replicated
     * command, to be called by each member at the same place of the log.
     *
     * @param nowMs the cluster's time.
     */
    public void onNewLeader(long nowMs) {
        advance(nowMs);
        parts.sessions.resendAll();
        parts.steps.settle(this.nowMs);
    }

    /**
     * Repeats to one session what it has not acknowledged: offers and updates to a framework; registrations, launches
     * and kills to the agents of a relay. A replicated command as {@link #onNewLeader} is.
     *
     * @param sessionId whom to repeat it to.
     */
    public void resend(long sessionId) {
        parts.sessions.resend(sessionId);
        parts.steps.settle(nowMs);
    }

    /**
     * Writes all state as records, {@code SnapshotBegin} first and {@code SnapshotEnd} last. Changes nothing.
     *
     * @param sink takes the records.
     */
    public void writeSnapshot(RecordSink sink) {
        writer.write(sink, nowMs);
    }

    /**
     * Takes the next record of a snapshot. Only for a state machine that holds nothing; no effects come of it.
     *
     * @param buffer holds the record, valid until the call returns.
     * @param offset where it begins.
     * @param length of the record in bytes.
     * @return true once the last record was taken and the state is whole.
     * @throws IllegalArgumentException if the record is not one that can come here, which says why.
     */
    public boolean loadRecord(DirectBuffer buffer, int offset, int length) {
        if (loader == null) {
            throw new IllegalArgumentException("a snapshot is loaded before any command, once");
        }
        if (!loader.load(buffer, offset, length)) {
            return false;
        }
        nowMs = loader.nowMs();
        loader = null;
        projectAll();
        return true;
    }

    /**
     * Feeds all objects that changed since the last call to the read side, until there is no room.
     *
     * @param feed takes the records.
     * @return how many were taken; 0 once nothing is left.
     */
    public int projectChanges(StateFeed feed) {
        return parts.tables.projection.feed(feed);
    }

    /** Marks every object as changed, for a read side that begins anew. Not a replicated command. */
    public void projectAll() {
        parts.tables.projectAll();
    }

    /**
     * A checksum of all state: equal for two machines exactly if their snapshots are equal.
     *
     * @return the checksum; costs as much as a snapshot.
     */
    public long stateHash() {
        StateHash hash = new StateHash();
        writeSnapshot(hash);
        return hash.value();
    }

    /**
     * Checks all invariants: that the indexes agree, and that every resource is counted once.
     *
     * @throws IllegalStateException if one does not hold, which says which.
     */
    public void verify() {
        new Verification(parts).verify();
    }

    /** Time never runs back; what came due before the command is carried out before it. */
    private void advance(long nowMs) {
        loader = null;
        this.nowMs = Math.max(this.nowMs, nowMs);
        parts.steps.expire(this.nowMs);
    }
}
