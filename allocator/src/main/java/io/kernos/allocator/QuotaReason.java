package io.kernos.allocator;

/** Whether quotas keep a role from more of a kind, and how; where both do, that which leaves least. */
public enum QuotaReason {
    /** Quotas allow it. */
    ALLOWED,
    /** The role, or one above it, has as much as its limit allows. */
    ROLE_AT_LIMIT,
    /** The rest is kept free for what other roles are guaranteed. */
    KEPT_FOR_GUARANTEES
}
