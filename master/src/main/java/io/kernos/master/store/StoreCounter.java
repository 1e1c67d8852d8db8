package io.kernos.master.store;

/** What the projector counts, in the mark of the store, since it started. */
public enum StoreCounter {
    /** Records put into maps. */
    PUTS,
    /** Records taken out of maps. */
    REMOVES,
    /** Finished tasks that joined the history. */
    RETIRES,
    /** The oldest of the history, dropped for a newer one. */
    HISTORY_DROPS,
    /** Finished tasks taken over from the files of the last start. */
    HISTORY_RESTORES,
    /** Times that a part of the history was torn and thrown away, or could not be written. */
    HISTORY_LOSSES,
    /** Records left out because their map has no room. */
    FULL,
    /** Times that a record waited because a reader held a lock. */
    LOCK_WAITS,
    /** Generations begun anew because a lock was held for too long. */
    LOCK_REBUILDS,
    /** Generations begun anew because a map could not be written. */
    ERROR_REBUILDS,
    /** Records left out because they are of no kind that is stored. */
    UNKNOWN_RECORDS,
    /** Finished tasks that the history does not have, because neither its map nor its files could be written. */
    HISTORY_MISSES
}
