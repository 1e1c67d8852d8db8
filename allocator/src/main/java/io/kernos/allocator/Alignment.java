package io.kernos.allocator;

/** Whether the numbers that a task gets on an agent are to be of one node of it. */
public enum Alignment {
    /** They may be of any nodes. */
    NONE,
    /** They are of one node if they can be, or else of one socket if they can be, or else of any. */
    PREFERRED,
    /** They are of one node, or the task does not go to the agent. */
    REQUIRED
}
