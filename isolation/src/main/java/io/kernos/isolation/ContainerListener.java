package io.kernos.isolation;

/**
 * Told by {@link Containerizer#poll} what became of containers, on the polling thread.
 * <p>
 * For each container accepted: started then exited, or failed alone. After {@link Containerizer#recover()}: recovered,
 * exited or failed for each container that the supervisor holds, then {@link #onRecoveryComplete()}. Failures and exits
 * are told again after each recovery until they are acknowledged.
 */
public interface ContainerListener {
    /**
     * The command was executed: the kernel runs it.
     *
     * @param frameworkId    first half of the key.
     * @param taskId         second half of the key.
     * @param pid            process id on the machine of the container's first process.
     * @param startedEpochNs when, nanoseconds since 1970.
     * @param receivedNs     when the supervisor read the order, on the clock of {@link System#nanoTime()}.
     * @param startedNs      when the command was executed, on the clock of {@link System#nanoTime()}.
     */
    void onStarted(long frameworkId, long taskId, int pid, long startedEpochNs, long receivedNs, long startedNs);

    /**
     * The container could not be started. Acknowledge it as an exit.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param stage       what was being done.
     * @param errno       the kernel's error number; 0 when it was not the kernel that refused.
     * @param message     for a person: what was attempted, and why it failed.
     */
    void onFailed(long frameworkId, long taskId, LaunchStage stage, int errno, String message);

    /**
     * The container ended: its command, and with it all that was left in its pid namespace.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param exit        how.
     */
    void onExited(long frameworkId, long taskId, ContainerExit exit);

    /**
     * A container that was started before this agent came runs still.
     *
     * @param frameworkId    first half of the key.
     * @param taskId         second half of the key.
     * @param pid            process id on the machine of the container's first process.
     * @param startedEpochNs when it was started, nanoseconds since 1970.
     */
    void onRecovered(long frameworkId, long taskId, int pid, long startedEpochNs);

    /**
     * All that the supervisor holds was told, and nothing of what was not told runs any more in the control groups, nor
     * of what a lost supervisor held. What was not told does not run, and never will, with one exception: a launch that
     * was under way when the supervisor was asked is told when it starts or fails; {@link Containerizer#launch} of its
     * key meanwhile takes that launch, rather than order another. What the kernel does not let die is waited for ten
     * seconds.
     */
    void onRecoveryComplete();

    /**
     * The supervisor went away. Containers end with it; {@link Containerizer#recover()} starts another and tells of
     * each that it is lost.
     *
     * @param reason for a person.
     */
    void onDisconnected(String reason);
}
