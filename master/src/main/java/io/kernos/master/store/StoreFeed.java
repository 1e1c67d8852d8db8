package io.kernos.master.store;

import io.kernos.master.state.MasterStateMachine;
import io.kernos.master.state.StateFeed;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.StoreStatusEncoder;
import io.kernos.transport.codecs.TaskRecordDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * The state machine's end of the ring to the projector. All methods but {@link #generationWanted(long)} are for the
 * state machine's thread; none of them waits or allocates.
 */
public final class StoreFeed implements StateFeed {
    private static final int STATUS_BYTES = MessageHeaderEncoder.ENCODED_LENGTH + StoreStatusEncoder.BLOCK_LENGTH;

    private final OneToOneRingBuffer ring;
    private final UnsafeBuffer status = new UnsafeBuffer(new byte[STATUS_BYTES]);
    private final StoreStatusEncoder statusEncoder = new StoreStatusEncoder();
    private volatile long generationWanted;
    private MasterStateMachine sourceMachine;
    private Source source;
    private long generation;
    private boolean full;
    private long toldPosition = -1;
    private long toldTermId = -1;
    private boolean toldLeader;

    StoreFeed(OneToOneRingBuffer ring) {
        this.ring = ring;
        statusEncoder.wrapAndApplyHeader(status, 0, new MessageHeaderEncoder()).complete((short) 1);
    }

    /** By the projector: it has new, empty files and needs all state for them. */
    void generationWanted(long number) {
        generationWanted = number;
    }

    /**
     * Tells the projector what changed, as far as there is room. To be called after commands were applied, and in idle
     * cycles too, since the room may have been too small or the projector may need all state anew.
     *
     * @param machine          whose changes they are.
     * @param logPosition      of the last command that was applied.
     * @param clusterTimeMs    of that command.
     * @param leadershipTermId of that command.
     * @param memberId         of this member.
     * @param leader           whether this member leads.
     * @return count of messages written; 0 when there was nothing to do or no room.
     */
    public int project(
            MasterStateMachine machine,
            long logPosition,
            long clusterTimeMs,
            long leadershipTermId,
            int memberId,
            boolean leader) {
        if (machine != sourceMachine) {
            sourceMachine = machine;
            source = new MachineSource(machine);
        }
        return project(source, logPosition, clusterTimeMs, leadershipTermId, memberId, leader);
    }

    int project(
            Source from, long logPosition, long clusterTimeMs, long leadershipTermId, int memberId, boolean leader) {
        full = false;
        int count = begin(from);
        if (full) {
            return 0;
        }
        count += from.projectChanges(this);
        boolean news = logPosition != toldPosition || leadershipTermId != toldTermId || leader != toldLeader;
        if (full || (count == 0 && !news)) {
            return count;
        }
        statusEncoder
                .logPosition(logPosition)
                .clusterTimeMs(clusterTimeMs)
                .leadershipTermId(leadershipTermId)
                .memberId(memberId)
                .leader((short) (leader ? 1 : 0));
        if (write(RingMessage.POSITION, 0, 0, 0, status, 0, STATUS_BYTES)) {
            toldPosition = logPosition;
            toldTermId = leadershipTermId;
            toldLeader = leader;
            count++;
        }
        return count;
    }

    private int begin(Source from) {
        long wanted = generationWanted;
        if (wanted == generation || !write(RingMessage.BEGIN, 0, wanted, 0, status, 0, 0)) {
            return 0;
        }
        generation = wanted;
        toldPosition = -1;
        from.projectAll();
        return 1;
    }

    @Override
    public boolean put(int recordTemplateId, long key1, long key2, DirectBuffer buffer, int offset, int length) {
        return write(RingMessage.PUT, recordTemplateId, key1, key2, buffer, offset, length);
    }

    @Override
    public boolean remove(int recordTemplateId, long key1, long key2) {
        return write(RingMessage.REMOVE, recordTemplateId, key1, key2, status, 0, 0);
    }

    @Override
    public boolean retire(long frameworkId, long taskId, DirectBuffer buffer, int offset, int length) {
        return write(RingMessage.RETIRE, TaskRecordDecoder.TEMPLATE_ID, frameworkId, taskId, buffer, offset, length);
    }

    private boolean write(
            int type, int recordTemplateId, long key1, long key2, DirectBuffer buffer, int offset, int length) {
        int index = ring.tryClaim(type, RingMessage.RECORD_OFFSET + length);
        if (index < 0) {
            full = true;
            return false;
        }
        ring.buffer().putInt(index + RingMessage.TEMPLATE_OFFSET, recordTemplateId);
        ring.buffer().putLong(index + RingMessage.KEY1_OFFSET, key1);
        ring.buffer().putLong(index + RingMessage.KEY2_OFFSET, key2);
        ring.buffer().putBytes(index + RingMessage.RECORD_OFFSET, buffer, offset, length);
        ring.commit(index);
        return true;
    }

    /** What is asked of a state machine. */
    interface Source {
        /** See {@link MasterStateMachine#projectChanges}. */
        int projectChanges(StateFeed feed);

        /** See {@link MasterStateMachine#projectAll}. */
        void projectAll();
    }

    private record MachineSource(MasterStateMachine machine) implements Source {
        @Override
        public int projectChanges(StateFeed feed) {
            return machine.projectChanges(feed);
        }

        @Override
        public void projectAll() {
            machine.projectAll();
        }
    }
}
