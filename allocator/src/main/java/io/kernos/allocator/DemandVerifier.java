package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that the demands with tasks to place are linked, in sequence. */
final class DemandVerifier {
    private final FrameworkTable frameworks;
    private final DemandTable demands;

    DemandVerifier(Parts parts) {
        frameworks = parts.frameworks;
        demands = parts.demands;
    }

    void verify() {
        int waiting = 0;
        for (int demand = 0; demand < demands.bound(); demand++) {
            waiting += demands.isKnown(demand) && demands.suffice(demand, demands.open(demand)) ? 1 : 0;
        }
        require(waiting == demands.waitingDemands(), "waiting demands are counted", waiting);
        int linked = 0;
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            int priority = Integer.MAX_VALUE;
            long sequence = 0;
            for (int demand = demands.first(framework); demand != DemandTable.NONE; demand = demands.next(demand)) {
                require(demands.framework(demand) == framework, "demand is in its framework's list", demand);
                require(demands.suffice(demand, demands.open(demand)), "linked demand waits", demand);
                boolean isInOrder = demands.priority(demand) < priority
                        || (demands.priority(demand) == priority && demands.sequence(demand) >= sequence);
                require(isInOrder, "demands are in order of priority and sequence", demand);
                priority = demands.priority(demand);
                sequence = demands.sequence(demand);
                linked++;
            }
        }
        require(linked == waiting, "all waiting demands are linked; linked", linked);
    }
}
