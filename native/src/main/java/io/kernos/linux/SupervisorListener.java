package io.kernos.linux;

/**
 * Told by {@link SupervisorClient#poll} what the supervisor says, on the polling thread.
 */
public interface SupervisorListener {
    /**
     * First word of a connection.
     *
     * @param instance   random number of this run of the supervisor.
     * @param pid        its process.
     * @param containers how many it holds.
     */
    void onHello(long instance, int pid, int containers);

    /**
     * A launch was under way when the list was asked for: whether it starts or fails is told later.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param cookie      of its plan.
     */
    void onStarting(long frameworkId, long taskId, long cookie);

    /**
     * A container's command was executed.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param cookie      of its plan.
     * @param pid         its first process.
     * @param listed      whether it is told as answer to a list.
     * @param epochNs     when, nanoseconds since 1970.
     * @param receivedNs  when the plan was read, on the clock of {@link System#nanoTime()}.
     * @param startedNs   when the command was executed, on the same clock.
     */
    void onStarted(
            long frameworkId,
            long taskId,
            long cookie,
            int pid,
            boolean listed,
            long epochNs,
            long receivedNs,
            long startedNs);

    /**
     * A container could not be started; acknowledge it.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param cookie      of its plan.
     * @param stage       code of what was being done.
     * @param errno       the kernel's error number, or 0.
     */
    void onFailed(long frameworkId, long taskId, long cookie, int stage, int errno);

    /**
     * A request was refused; the supervisor keeps nothing of it.
     *
     * @param frameworkId first half of the key, 0 when it could not be read.
     * @param taskId      second half of the key, 0 when it could not be read.
     * @param stage       code of what was refused.
     * @param errno       error number.
     */
    void onRefused(long frameworkId, long taskId, int stage, int errno);

    /**
     * A container ended; acknowledge it.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param cookie      of its plan.
     * @param waitStatus  as {@code waitpid(2)} gives it; see {@link WaitStatus}.
     * @param lost        whether the supervisor that held it was killed, and its end is not known.
     * @param userUs      processor time in user mode, microseconds.
     * @param systemUs    processor time in the kernel, microseconds.
     * @param maxRssBytes largest resident size of one of its processes.
     * @param epochNs     when it ended, nanoseconds since 1970.
     */
    void onExited(
            long frameworkId,
            long taskId,
            long cookie,
            int waitStatus,
            boolean lost,
            long userUs,
            long systemUs,
            long maxRssBytes,
            long epochNs);

    /** All that was to be listed was told: a key that was not does not run, and never will. */
    void onListEnd();

    /**
     * The supervisor is gone; the client is of no more use.
     *
     * @param reason for a person.
     */
    void onDisconnected(String reason);
}
