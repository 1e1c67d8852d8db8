package io.kernos.agent;

/**
 * Where the link to the master stands.
 */
enum LinkState {
    /** No connection; waits before it tries the next relay, or for the supervisor to tell what it holds. */
    WAITING,
    /** The streams to a relay are asked for. */
    CONNECTING,
    /** The registration is being sent, task list and all. */
    REGISTERING,
    /** The registration is sent; the master's answer is awaited. */
    AWAITING,
    /** The master took the agent in. */
    REGISTERED
}
