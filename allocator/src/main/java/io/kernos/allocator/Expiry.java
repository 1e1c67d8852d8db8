package io.kernos.allocator;

import java.util.Arrays;

/** Policy: tasks that still wait at the deadline of their demand are given up. */
final class Expiry {
    private final AllocationHandler handler;
    private final DemandTable demands;
    private final Contenders contenders;
    private final Policies policies;
    private final Claims claims;
    private int[] due = new int[0];

    Expiry(AllocationHandler handler, Parts parts) {
        this.handler = handler;
        demands = parts.demands;
        contenders = parts.contenders;
        policies = parts.policies;
        claims = parts.claimBook;
    }

    /** Gives up what is due, by ascending index, and returns how often the handler was called. */
    int expire(long nowMs) {
        int count = 0;
        for (int demand = demands.takeDue(nowMs); demand != DemandTable.NONE; demand = demands.takeDue(nowMs)) {
            due = Columns.grow(due, count + 1);
            due[count++] = demand;
        }
        Arrays.sort(due, 0, count);
        for (int i = 0; i < count; i++) {
            giveUp(due[i]);
        }
        return count;
    }

    private void giveUp(int demand) {
        claims.endOf(demand, 0);
        int tasks = demands.waiting(demand);
        demands.change(demand, -tasks);
        int framework = demands.framework(demand);
        contenders.update(framework, policies.mayContend(framework));
        handler.onExpired(demand, tasks);
    }
}
