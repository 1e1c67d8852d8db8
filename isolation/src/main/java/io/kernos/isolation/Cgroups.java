package io.kernos.isolation;

import io.kernos.isolation.IsolationCapabilities.CgroupVersion;
import java.util.List;
import java.util.Set;

/**
 * The control groups of one agent: a folder of its own, in which it makes numbered groups. What stands in that folder
 * is this agent's, whoever made it; nothing outside is ever touched.
 */
interface Cgroups {
    /** Which kind. */
    CgroupVersion version();

    /** The agent's folder, or those of each controller, for the log. */
    String where();

    /** Which of {@code cpu}, {@code memory} and {@code pids} are in force. */
    Set<String> controllers();

    /**
     * Opens a group; makes it when it is not there.
     *
     * @param number 0 or more.
     * @throws io.kernos.linux.LinuxException when it cannot be made.
     */
    Cgroup open(int number);

    /** Numbers of the groups that are there, left by an earlier run or made by this one. */
    List<Integer> existing();

    /** Whether a launch plan names a folder to be cloned into, rather than files to be written to. */
    boolean clonedInto();

    /** Removes the agent's folder; its groups must be removed before. */
    void removeFolder();
}
