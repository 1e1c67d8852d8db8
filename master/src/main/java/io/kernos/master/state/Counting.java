package io.kernos.master.state;

/** Where the state machine counts what it does. Called on its thread, so it must neither wait nor throw. */
@FunctionalInterface
public interface Counting {
    /**
     * Adds to a counter.
     *
     * @param counter to add to.
     * @param delta   how much; negative where a level falls.
     */
    void add(MasterCounter counter, long delta);
}
