package io.kernos.perf.grid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The baseline: the same fairness in plain objects, without any index. Every decision walks all agents for those that
 * have something free, and for each of them sorts all roles by their share.
 */
public final class PlainWalk {
    private static final class Role {
        private final int index;
        private double cpus;

        Role(int index) {
            this.index = index;
        }

        int index() {
            return index;
        }

        double cpus() {
            return cpus;
        }
    }

    private static final Comparator<Role> LEAST_FIRST =
            Comparator.comparingDouble(Role::cpus).thenComparingInt(Role::index);

    private final List<Role> roles = new ArrayList<>();
    private final Role[] holders;
    private int next;

    private PlainWalk(GridSize size) {
        for (int role = 0; role < size.frameworks(); role++) {
            roles.add(new Role(role));
        }
        holders = new Role[size.agents()];
    }

    /**
     * A warm cycle: every agent is given back, and all are offered anew.
     *
     * @param size   of the cluster.
     * @param effort how long it is measured.
     * @return how long it took.
     */
    public static Timing cycle(GridSize size, Effort effort) {
        PlainWalk walk = new PlainWalk(size);
        walk.decide();
        return effort.rounds(() -> {
            for (int agent = 0; agent < walk.holders.length; agent++) {
                walk.giveBack(agent);
            }
            walk.decide();
        });
    }

    /**
     * One agent is given back and offered anew.
     *
     * @param size   of the cluster.
     * @param effort how long it is measured.
     * @return how long it took.
     */
    public static Timing oneRecovered(GridSize size, Effort effort) {
        PlainWalk walk = new PlainWalk(size);
        walk.decide();
        return effort.events(number -> {
            walk.next = walk.next + 1 == walk.holders.length ? 0 : walk.next + 1;
            walk.giveBack(walk.next);
            walk.decide();
        });
    }

    private void giveBack(int agent) {
        holders[agent].cpus -= OfferCluster.CPUS;
        holders[agent] = null;
    }

    private void decide() {
        for (int agent = 0; agent < holders.length; agent++) {
            if (holders[agent] == null) {
                roles.sort(LEAST_FIRST);
                holders[agent] = roles.getFirst();
                holders[agent].cpus += OfferCluster.CPUS;
            }
        }
    }
}
