package io.kernos.allocator;

/** Where a resource of an agent is accounted; each is in exactly one account. */
enum Account {
    /** Nobody has it. */
    FREE,
    /** A framework was offered it and has not answered. */
    OFFERED,
    /** A task has it. */
    USED;

    static final int COUNT = 3;
    static final Account[] ALL = values();
}
