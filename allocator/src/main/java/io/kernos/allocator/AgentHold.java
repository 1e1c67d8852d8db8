package io.kernos.allocator;

/** A reason for which nothing is given on an agent. An agent may have several; what is allocated there stays so. */
public enum AgentHold {
    /** Nobody can reach it at present. */
    DISCONNECTED,
    /** The operator wants nothing new on it. */
    DEACTIVATED,
    /** The operator wants it empty: what is allocated there is to be recovered. */
    DRAINING;

    /** Distinct for each, from 2 on. */
    byte bit() {
        return (byte) (2 << ordinal());
    }
}
