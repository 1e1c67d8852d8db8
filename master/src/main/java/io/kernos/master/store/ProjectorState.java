package io.kernos.master.store;

/** Where the projector is with its generation of files. */
enum ProjectorState {
    /** New files are there; what comes belongs to older ones, until the state machine begins to tell all its state. */
    AWAITS_BEGIN,
    /** All state is coming into the new files; readers are still given the older ones, or none. */
    FILLING,
    /** Readers are given these files. */
    SERVING,
    /** The files could not be made or written; what comes is dropped until the next try. */
    BROKEN,
    /** Closed for good. */
    CLOSED
}
