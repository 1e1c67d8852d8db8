package io.kernos.agent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom tasks run as whose framework names nobody.
 *
 * @param name   of the user.
 * @param chosen whether the setting {@code user} says so; else it is whoever runs the agent.
 * @param root   whether the agent is root.
 */
record DefaultUser(String name, boolean chosen, boolean root) {
    /** Name of the attribute that tells it. */
    static final String ATTRIBUTE = "taskUser";

    private static final Logger LOG = LoggerFactory.getLogger(DefaultUser.class);

    /**
     * Finds it.
     *
     * @param setting the setting {@code user}; empty where it is not set.
     * @param uid     of the agent's process.
     * @return the user.
     */
    static DefaultUser of(String setting, int uid) {
        boolean chosen = !setting.isEmpty();
        return new DefaultUser(chosen ? setting : System.getProperty("user.name"), chosen, uid == 0);
    }

    /** Warns an operator where tasks become root because nobody said otherwise. */
    void warn() {
        if (root && !chosen) {
            LOG.warn("this agent is root and agent.user is not set: tasks whose framework names no user run as root"
                    + " and can change any file of this machine; set agent.user to an ordinary user, such as nobody"
                    + " (or to root, if that is meant)");
        }
    }
}
