/**
 * The state store: what a master holds, in memory-mapped files that any process on its machine reads without ever
 * reaching the master. It is the read side only; the truth is the log with its snapshots.
 *
 * <p><b>The way of a change.</b> The state machine keeps what changed and, on its own thread, hands the records to
 * {@link io.kernos.master.store.StoreFeed}, which writes them into a ring. When the ring is full the change waits in
 * the state machine, where later changes of the same object take its place.
 * {@link io.kernos.master.store.StoreProjector}, a duty cycle of its own, reads the ring, writes Chronicle Maps, one a
 * kind of object, and publishes the position of the log that they stand for. {@link io.kernos.master.store.StateStore}
 * reads them.
 *
 * <p><b>The files.</b> In the store's folder:
 * <ul>
 *   <li>{@code store.mark}: one page, without locks: version, number of the generation to be read, position, counters;
 *   <li>{@code store.lock}: held by the master that writes;
 *   <li>{@code generation-N/}: one file a kind, sparse, that grows up to the state machine's limits; a small cluster
 *       touches a few megabytes of them;
 *   <li>{@code history-N}: the finished tasks, see below.
 * </ul>
 *
 * <p><b>Locks of the dead.</b> Chronicle's locks are words in the files. A reader killed while it holds one leaves it
 * held, and nobody could tell. Three things keep that from stopping anybody for long. The projector only ever tries a
 * lock, and goes on with its duty cycle. When it was refused for longer than {@code lockPatienceMs}, it leaves these
 * files, makes the next generation, and has the state machine tell all its state again; readers are moved once that is
 * complete. And a reader that waits in vain (for five seconds) asks for the same through the mark. Readers copy what is
 * in a segment and decode it after they let it go, so that the chance is small. One map a kind, and not one for all, so
 * that a held lock of one kind does not hide the others.
 *
 * <p><b>At start</b> all maps are thrown away and made anew. What the state machine no longer has, the history of
 * finished tasks, is kept in {@code history-N} beside them: plain files with a checksum an entry, mapped by nobody,
 * since a torn map cannot be looked into without risk to the process. Whatever is torn there is cut off and counted.
 * Tasks that the log brings again take their old place.
 *
 * <p><b>When it is full.</b> The history drops its oldest. Live objects cannot outnumber the limits, for
 * which the maps are laid out, with room for records that are longer than expected; one that finds no room all the same
 * is left out and counted.
 */
package io.kernos.master.store;
