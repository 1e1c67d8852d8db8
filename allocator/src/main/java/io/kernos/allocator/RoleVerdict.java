package io.kernos.allocator;

/** Whether a role may be used. */
public enum RoleVerdict {
    /** It may. */
    USABLE,
    /** Only roles on a list may be used, and it is not on it. */
    NOT_LISTED
}
