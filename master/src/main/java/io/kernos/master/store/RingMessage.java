package io.kernos.master.store;

/** What goes through the ring from the state machine to the projector: types and layout of its messages. */
final class RingMessage {
    /** A record to put: template id, two keys, record. */
    static final int PUT = 1;

    /** A record to remove: template id, two keys. */
    static final int REMOVE = 2;

    /** A task that is done with: template id, two keys, record. */
    static final int RETIRE = 3;

    /** All state follows: number of the generation that it is for, in place of the first key. */
    static final int BEGIN = 4;

    /** What was put so far is the state at this position of the log: a StoreStatus in place of the record. */
    static final int POSITION = 5;

    static final int TEMPLATE_OFFSET = 0;
    static final int KEY1_OFFSET = 8;
    static final int KEY2_OFFSET = 16;
    static final int RECORD_OFFSET = 24;

    private RingMessage() {}
}
