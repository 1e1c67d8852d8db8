package io.kernos.allocator;

import org.agrona.collections.Long2LongHashMap;

/**
 * Policy: of a group of tasks at most so many run on one agent, and others run where a group does. Groups are numbered
 * by the caller, who also says when tasks of a group end; those that the allocator places it counts by itself.
 */
final class GroupTable {
    /** Instead of an index: of no group. */
    static final int NONE = -1;

    private final AgentTable agents;
    private final Long2LongHashMap running = new Long2LongHashMap(0);
    private final Long2LongHashMap placedInPass = new Long2LongHashMap(0);
    private long[] placedKeys = new long[0];
    private int placedCount;
    private int[] onAgent = new int[0];

    GroupTable(AgentTable agents) {
        this.agents = agents;
    }

    /** How many tasks of a group run on an agent. */
    int running(int group, int agent) {
        return (int) running.get(key(group, agent));
    }

    /** Whether any task of a group ran on an agent when the pass began. */
    boolean ranOn(int group, int agent) {
        return running(group, agent) > placedInPass.get(key(group, agent));
    }

    /** Tasks of a group run on an agent already. */
    void add(int group, int agent, int tasks) {
        change(group, agent, tasks);
        agents.markChanged(agent);
    }

    /** Tasks of a group, or of none, were placed in the present pass. */
    void place(int group, int agent, int tasks) {
        if (group == NONE) {
            return;
        }
        change(group, agent, tasks);
        long key = key(group, agent);
        long before = placedInPass.get(key);
        placedInPass.put(key, before + tasks);
        if (before == 0) {
            placedKeys = Columns.grow(placedKeys, placedCount + 1);
            placedKeys[placedCount++] = key;
        }
    }

    /** Ends a pass; returns whether groups have come to agents that had none of them, where that matters. */
    boolean endPass(boolean isAnyNear) {
        boolean hasSpread = false;
        for (int i = 0; i < placedCount; i++) {
            long key = placedKeys[i];
            int agent = (int) key;
            if (running.get(key) == placedInPass.remove(key) && isAnyNear) {
                agents.markChanged(agent);
                agents.watch().touch(agent);
                hasSpread = true;
            }
        }
        placedCount = 0;
        return hasSpread;
    }

    /** Takes how many tasks of a group run on an agent. */
    interface Visitor {
        void onTasks(int group, int agent, int tasks);
    }

    /** Visits every group on every agent on which any of its tasks run; for checks. */
    void forEach(Visitor visitor) {
        running.forEachLong((key, tasks) -> visitor.onTasks((int) (key >> 32), (int) key, (int) tasks));
    }

    /** How many tasks of all groups run on an agent. */
    int tasksOn(int agent) {
        return agent < onAgent.length ? onAgent[agent] : 0;
    }

    /** Whether placements of a pass are still remembered. */
    boolean isInPass() {
        return placedCount > 0 || !placedInPass.isEmpty();
    }

    /** Tasks of a group have ended, of which there must be so many. */
    void end(int group, int agent, int tasks) {
        change(group, agent, -tasks);
        agents.markChanged(agent);
    }

    private void change(int group, int agent, int change) {
        onAgent = Columns.grow(onAgent, agent + 1);
        onAgent[agent] += change;
        long key = key(group, agent);
        long now = running.get(key) + change;
        if (now == 0) {
            running.remove(key);
        } else {
            running.put(key, now);
        }
        agents.watch().touch(agent);
    }

    private static long key(int group, int agent) {
        return (long) group << 32 | agent;
    }
}
