package io.kernos.master.store;

import io.kernos.transport.codecs.AgentState;
import java.util.List;
import java.util.Map;

/**
 * An agent.
 *
 * @param agentId        its id.
 * @param hostname       name of its machine.
 * @param state          whether it is there.
 * @param instanceId     which of its installations it is.
 * @param relaySessionId session of its relay, -1: not connected.
 * @param connectionId   its number at its relay.
 * @param removeAtMs     when it is removed if it stays away, in milliseconds since the epoch; 0: connected.
 * @param registeredMs   when it joined, in milliseconds since the epoch.
 * @param liveTaskCount  tasks that are placed on it and not done with.
 * @param amounts        its resources, by kind.
 * @param ranges         its ranges, by kind.
 * @param attributes     what it says of itself, in its order.
 * @param sandboxChannel where sandboxes are read; empty: nowhere.
 */
public record AgentView(
        long agentId,
        String hostname,
        AgentState state,
        long instanceId,
        long relaySessionId,
        long connectionId,
        long removeAtMs,
        long registeredMs,
        int liveTaskCount,
        List<Amount> amounts,
        List<RangeView> ranges,
        Map<String, String> attributes,
        String sandboxChannel) {
    /**
     * How much of a resource there is; what is neither used nor offered is free.
     *
     * @param kind    id of the resource's kind, see {@link io.kernos.transport.ResourceKind}.
     * @param total   in the unit of its kind, as the other two.
     * @param used    by tasks.
     * @param offered to frameworks.
     */
    public record Amount(int kind, long total, long used, long offered) {}
}
