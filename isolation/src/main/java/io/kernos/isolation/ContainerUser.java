package io.kernos.isolation;

import java.util.List;

/**
 * Whom a container's task runs as.
 *
 * @param uid    numeric user id, at least 0.
 * @param gid    numeric group id, at least 0.
 * @param groups supplementary group ids; may be empty, at most 32.
 */
public record ContainerUser(int uid, int gid, List<Integer> groups) {
    /** Most supplementary groups that a container may have. */
    public static final int MAX_GROUPS = 32;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the field and its value, when one is out of range.
     */
    public ContainerUser {
        groups = List.copyOf(groups);
        if (uid < 0 || gid < 0) {
            throw new IllegalArgumentException("uid " + uid + " and gid " + gid + " must be at least 0");
        }
        if (groups.size() > MAX_GROUPS) {
            throw new IllegalArgumentException(groups.size() + " supplementary groups, at most " + MAX_GROUPS);
        }
    }
}
