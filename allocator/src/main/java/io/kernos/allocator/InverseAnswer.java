package io.kernos.allocator;

/** What a framework last said to being asked to leave an agent. */
public enum InverseAnswer {
    /** It was not asked, or did not answer yet. */
    UNKNOWN,
    /** It will leave in time. */
    ACCEPTED,
    /** It will not leave by itself. */
    DECLINED
}
