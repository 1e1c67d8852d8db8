package io.kernos.master.store;

import io.kernos.transport.codecs.FrameworkState;

/**
 * A framework.
 *
 * @param frameworkId       its id.
 * @param name              its name.
 * @param user              whom its tasks run as; empty: the agent's.
 * @param role              its role.
 * @param state             whether it is there.
 * @param offers            whether it wants offers.
 * @param detached          whether it may leave before its tasks end.
 * @param suppressed        whether it wants no offers for now.
 * @param sessionId         its session, -1 for none.
 * @param failoverTimeoutMs how long it may be away.
 * @param removeAtMs        when it is removed if it stays away, in milliseconds since the epoch; 0: connected.
 * @param registeredMs      when it joined, in milliseconds since the epoch.
 * @param liveTaskCount     its tasks that are placed and not done with.
 * @param pendingTaskCount  its tasks that wait to be placed.
 * @param lastTaskId        highest id of a task that it used.
 */
public record FrameworkView(
        long frameworkId,
        String name,
        String user,
        String role,
        FrameworkState state,
        boolean offers,
        boolean detached,
        boolean suppressed,
        long sessionId,
        long failoverTimeoutMs,
        long removeAtMs,
        long registeredMs,
        int liveTaskCount,
        int pendingTaskCount,
        long lastTaskId) {}
