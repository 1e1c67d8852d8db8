package io.kernos.master.state;

import java.util.Arrays;

/** The demands, waiting to be placed or to be told as killed. */
final class DemandTable {
    private final IndexPool indexes;
    private final IndexPool starved;
    private Demand[] demands = new Demand[4];
    private long releasedTotal;
    private long waitingTotal;

    DemandTable(int maxDemands) {
        indexes = new IndexPool(maxDemands);
        starved = new IndexPool(maxDemands);
    }

    Demand byIndex(int index) {
        return demands[index];
    }

    int size() {
        return indexes.used();
    }

    /** How many more demands there may be. */
    int room() {
        return indexes.limit() - indexes.used();
    }

    /** How many tasks of all demands the allocator knows. */
    long releasedTotal() {
        return releasedTotal;
    }

    /** How many tasks of all demands wait. */
    long waitingTotal() {
        return waitingTotal;
    }

    Demand add(Framework framework, Template template, long submitFirstTaskId, long firstTaskId, int count) {
        return put(indexes.acquire(), framework, template, submitFirstTaskId, firstTaskId, firstTaskId, count);
    }

    Demand load(
            int index,
            Framework framework,
            Template template,
            long submitFirstTaskId,
            long firstTaskId,
            long nextTaskId,
            int count) {
        indexes.claim(index);
        return put(index, framework, template, submitFirstTaskId, firstTaskId, nextTaskId, count);
    }

    void remove(Demand demand) {
        released(demand, 0);
        waitingTotal -= demand.waiting;
        demand.waiting = 0;
        starve(demand);
        demand.framework.demands.remove(demand);
        demand.inKilled.unlink();
        demand.inSpent.unlink();
        demand.framework = null;
        demand.template = null;
        indexes.release(demand.index);
    }

    /** The first count tasks wait no more. */
    void advance(Demand demand, int count) {
        demand.nextTaskId += count;
        shorten(demand, count);
    }

    /** The last count tasks wait no more, here. */
    void shorten(Demand demand, int count) {
        demand.waiting -= count;
        waitingTotal -= count;
        starve(demand);
    }

    void released(Demand demand, int released) {
        releasedTotal += released - demand.released;
        demand.released = released;
        starve(demand);
    }

    /** Marks whether the demand waits for leave to be placed. To be called after it became killed. */
    void starve(Demand demand) {
        boolean isStarved = !demand.isKilled() && demand.released < demand.waiting;
        if (isStarved != starved.isUsed(demand.index)) {
            if (isStarved) {
                starved.claim(demand.index);
            } else {
                starved.release(demand.index);
            }
        }
    }

    /** A demand of which not all tasks are known to the allocator; null if there is none. */
    Demand firstStarved() {
        int index = starved.used() == 0 ? IndexPool.NONE : starved.next(0);
        return index == IndexPool.NONE ? null : demands[index];
    }

    boolean isStarved(Demand demand) {
        return starved.isUsed(demand.index);
    }

    int starvedCount() {
        return starved.used();
    }

    /** The first demand with this index or a higher one; null if there is none. */
    Demand from(int index) {
        int next = indexes.next(index);
        return next == IndexPool.NONE ? null : demands[next];
    }

    private Demand put(
            int index,
            Framework framework,
            Template template,
            long submitFirstTaskId,
            long firstTaskId,
            long nextTaskId,
            int count) {
        if (index >= demands.length) {
            demands = Arrays.copyOf(demands, Math.max(index + 1, demands.length * 2));
        }
        if (demands[index] == null) {
            demands[index] = new Demand(index);
        }
        Demand demand = demands[index];
        demand.framework = framework;
        demand.template = template;
        demand.submitFirstTaskId = submitFirstTaskId;
        demand.firstTaskId = firstTaskId;
        demand.nextTaskId = nextTaskId;
        demand.waiting = count;
        demand.killedStamp = 0;
        waitingTotal += count;
        starve(demand);
        framework.demands.add(demand);
        return demand;
    }
}
