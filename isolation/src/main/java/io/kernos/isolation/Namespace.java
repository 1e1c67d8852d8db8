package io.kernos.isolation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A Linux namespace that a container may have to itself.
 */
public enum Namespace {
    /** Its own process ids: it sees only its own processes, and all of them end with it. */
    PID,
    /** Its own mounts: what it mounts is seen by nobody else. */
    MOUNT,
    /** Its own host name. */
    UTS,
    /** Its own System V IPC and POSIX message queues. */
    IPC;

    /** What a container gets when its specification does not say otherwise. */
    public static final Set<Namespace> STANDARD = Collections.unmodifiableSet(EnumSet.allOf(Namespace.class));
}
