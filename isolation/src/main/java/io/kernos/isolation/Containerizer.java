package io.kernos.isolation;

/**
 * Starts containers, tells what becomes of them, and ends them.
 * <p>
 * Used by one thread, the agent's duty cycle. Nothing here blocks except {@link #recover()}, {@link #shutdown()} and
 * {@link #close()}: an order is a few writes to control group files and one message to the supervisor; what becomes of
 * it is told by {@link #poll}. Containers outlive this object and the process that holds it.
 */
public interface Containerizer extends AutoCloseable {
    /**
     * Orders a container.
     *
     * @param spec what it is to be.
     * @return whether it is on its way; anything but {@link LaunchOutcome#ACCEPTED} changed nothing.
     * @throws IllegalArgumentException when the specification passes a limit of the launch plan.
     */
    LaunchOutcome launch(ContainerSpec spec);

    /**
     * Sends a signal to the container's task and its process group. A container that is unknown or has ended is let be.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param signal      number of the signal, such as 15 for SIGTERM.
     * @return false when it could not be sent now (back-pressure): try again in a later cycle.
     */
    boolean signal(long frameworkId, long taskId, int signal);

    /**
     * Kills the container whole, with no grace. Its exit is told as any other.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @return false when it could not be sent now (back-pressure): try again in a later cycle.
     */
    boolean destroy(long frameworkId, long taskId);

    /**
     * Says that the exit or failure was taken into account, and frees all that is kept of the container. Until then it
     * is told again after each recovery. A container that runs still, or is unknown, is let be.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @return false when it could not be sent now (back-pressure): try again in a later cycle.
     */
    boolean acknowledge(long frameworkId, long taskId);

    /**
     * Takes what the supervisor told and passes it on. Call it in each duty cycle.
     *
     * @param listener told of it.
     * @return how much was done; 0 when nothing.
     */
    int poll(ContainerListener listener);

    /**
     * Finds the supervisor, or starts one, and asks it for all that it holds; the answers come by {@link #poll}. Call
     * it once at start, and after each {@link ContainerListener#onDisconnected}. May block for some tens of
     * milliseconds. Orders are accepted from then on, but until {@link ContainerListener#onRecoveryComplete()} a new
     * key may yet turn out to be known. A launch that an earlier run ordered and that is still under way is told when
     * it starts or fails; the first order of its key is taken as the order of that launch.
     */
    void recover();

    /**
     * What isolation is in force; known after the first {@link #recover()}.
     *
     * @return what was found.
     */
    IsolationCapabilities capabilities();

    /**
     * Which supervisor holds the containers: a container ordered under another id does not run, and never will.
     *
     * @return a random number, one a life of a supervisor, never 0; 0 before the first {@link #recover()}.
     */
    long supervisorId();

    /**
     * Kills every container, ends the supervisor and removes the control groups. May block for up to some seconds.
     */
    void shutdown();

    /**
     * Lets go of the supervisor; it and the containers go on.
     */
    @Override
    void close();
}
