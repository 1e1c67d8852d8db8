package io.kernos.isolation;

import io.kernos.linux.Errno;
import io.kernos.linux.WaitStatus;

/**
 * What is kept of a container until it is acknowledged.
 */
final class HeldContainer {
    private static final int SLOT_SHIFT = 32;

    final ContainerKey key;
    private String command;
    private String sandbox;
    CgroupPool.Slot slot;
    /** Whether its start was told to the agent of this run. */
    boolean running;
    /** Whether it was started by an earlier run. */
    boolean restored;

    boolean ended;
    /** Whether its launch was found under way, and was not ordered since; an order for it is then that launch. */
    boolean unclaimed;
    /** Whether its end is not known, for its supervisor was killed. */
    boolean lost;
    /** Whether nothing of it can be left in its slot, for its pid namespace has ended. */
    boolean leftNothing;
    /** Whether it has a pid namespace. */
    boolean ownPids;
    /** Whether the supervisor has told of it since the last list was asked for. */
    boolean listed;
    /** The supervisor that it was ordered from; 0 when it was another run's. */
    long supervisorId;

    HeldContainer(ContainerKey key) {
        this.key = key;
        this.command = "";
        this.sandbox = "";
    }

    HeldContainer(ContainerKey key, ContainerSpec spec) {
        this.key = key;
        describe(spec);
    }

    /** What failures are told with. */
    void describe(ContainerSpec spec) {
        command = spec.argv().getFirst();
        sandbox = spec.sandbox().toString();
    }

    /** By the cookie a later run finds the slot again, and how many were killed for memory in it before. */
    long cookie() {
        return slot == null ? 0 : (slot.number + 1L) << SLOT_SHIFT | slot.oomKillsBefore & 0xffff_ffffL;
    }

    static int slotNumber(long cookie) {
        return (int) (cookie >>> SLOT_SHIFT) - 1;
    }

    String failure(LaunchStage stage, int errno) {
        StringBuilder text = new StringBuilder("could not ").append(stage.attempt());
        if (stage == LaunchStage.EXEC && !command.isEmpty()) {
            text.append(' ').append(command);
        }
        if ((stage == LaunchStage.SANDBOX || stage == LaunchStage.STDIO) && !sandbox.isEmpty()) {
            text.append(" in ").append(sandbox);
        }
        return errno == 0
                ? text.toString()
                : text.append(": ").append(Errno.text(errno)).toString();
    }

    ContainerExit exit(int waitStatus, boolean lost, long userUs, long systemUs, long maxRssBytes, long endedEpochNs) {
        return new ContainerExit(
                lost ? -1 : WaitStatus.exitCode(waitStatus),
                lost ? 0 : WaitStatus.signal(waitStatus),
                slot != null && slot.oomKilled(),
                lost,
                userUs,
                systemUs,
                maxRssBytes,
                endedEpochNs);
    }
}
