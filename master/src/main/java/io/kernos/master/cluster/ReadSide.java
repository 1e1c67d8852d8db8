package io.kernos.master.cluster;

import io.kernos.master.state.StateFeed;

/** Takes what the state machine's objects became, and for which place in the log that holds. */
public interface ReadSide extends StateFeed {
    /**
     * All changes up to a place in the log were fed. Must not wait or throw.
     *
     * @param logPosition of the last command applied.
     * @param clusterTimeMs of the last command applied, in milliseconds since the Unix epoch.
     * @param leadershipTermId in which it was applied.
     * @param memberId of this member.
     * @param isLeader whether this member leads.
     * @return false if there was no room, and nothing was taken.
     */
    boolean onCaughtUp(
            long logPosition, long clusterTimeMs, long leadershipTermId, int memberId, boolean isLeader);
}
