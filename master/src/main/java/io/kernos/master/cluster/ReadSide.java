package io.kernos.master.cluster;

import io.kernos.master.state.MasterStateMachine;

/** Takes what the state machine's objects became, and for which place in the log that holds. */
@FunctionalInterface
public interface ReadSide {
    /**
     * Commands may have been applied: take what changed, as far as there is room. Called on the state machine's thread,
     * in idle cycles too; must not wait or throw.
     *
     * @param machine whose changes they are.
     * @param logPosition of the last command applied.
     * @param clusterTimeMs of that command, in milliseconds since the Unix epoch.
     * @param leadershipTermId in which it was applied.
     * @param memberId of this member.
     * @param isLeader whether this member leads.
     * @return how much was taken; 0 when there was nothing or no room.
     */
    int project(
            MasterStateMachine machine,
            long logPosition,
            long clusterTimeMs,
            long leadershipTermId,
            int memberId,
            boolean isLeader);
}
