package io.kernos.client;

/** Where a {@link SchedulerSession} is in its life. */
public enum SessionState {
    /** A connection to the cluster is being made. */
    CONNECTING,
    /** Connected; the master was told who this is and has not answered yet. */
    SUBSCRIBING,
    /** The master knows the framework; everything flows. */
    SUBSCRIBED,
    /** The connection is gone; the next attempt waits until its time has come. */
    BACKING_OFF,
    /** The framework leaves for good; the master has not confirmed it yet. */
    UNSUBSCRIBING,
    /** Over: nothing can be sent or received any more. */
    CLOSED
}
