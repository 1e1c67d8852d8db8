package io.kernos.master.state;

import org.agrona.DirectBuffer;

/**
 * The read side's ear: takes the records of objects that changed. Called on the state machine's thread from
 * {@link MasterStateMachine#projectChanges}; must not wait or throw.
 *
 * <p>Each method returns false when there is no room; the state machine then keeps the object as changed and offers its
 * newest record at the next call, so that a slow reader sees fewer steps and no wrong ones.
 *
 * <p>Records and their keys (key1, key2): {@code FrameworkRecord} (frameworkId, 0), {@code AgentRecord} (agentId, 0),
 * {@code TaskRecord} (frameworkId, taskId), {@code TemplateRecord} (frameworkId, templateId), {@code DemandRecord}
 * (frameworkId, firstTaskId), {@code OfferRecord} (offerId, 0), {@code RoleRecord} (roleIndex, 0). The record of an
 * offer has the first 1,024 intervals of its ranges, as what its framework was sent.
 */
public interface StateFeed {
    /**
     * An object is new or changed.
     *
     * @param recordTemplateId template id of the record.
     * @param key1             first key.
     * @param key2             second key.
     * @param buffer           holds the record, valid until the call returns.
     * @param offset           where the record, with its header, begins.
     * @param length           of the record in bytes.
     * @return false if there was no room, and nothing was taken.
     */
    boolean put(int recordTemplateId, long key1, long key2, DirectBuffer buffer, int offset, int length);

    /**
     * An object is gone.
     *
     * @param recordTemplateId template id of its record.
     * @param key1             first key.
     * @param key2             second key.
     * @return false if there was no room, and nothing was taken.
     */
    boolean remove(int recordTemplateId, long key1, long key2);

    /**
     * A task is finished for good: its record leaves what is live and joins the history.
     *
     * @param frameworkId first key of its live record.
     * @param taskId      second key of its live record.
     * @param buffer      holds its last {@code TaskRecord}, valid until the call returns.
     * @param offset      where the record, with its header, begins.
     * @param length      of the record in bytes.
     * @return false if there was no room, and nothing was taken.
     */
    boolean retire(long frameworkId, long taskId, DirectBuffer buffer, int offset, int length);
}
