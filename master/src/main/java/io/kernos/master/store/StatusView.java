package io.kernos.master.store;

/**
 * What the store stands for.
 *
 * @param logPosition      of the replicated log: everything up to there is in the store, perhaps some of what follows.
 * @param clusterTimeMs    the cluster's time there, in milliseconds since the epoch.
 * @param leadershipTermId the leadership term there.
 * @param memberId         whose store it is.
 * @param leader           whether that member led.
 * @param masterAlive      whether the process that writes the store is still there; the only one that is asked for now.
 */
public record StatusView(
        long logPosition,
        long clusterTimeMs,
        long leadershipTermId,
        int memberId,
        boolean leader,
        boolean masterAlive) {}
