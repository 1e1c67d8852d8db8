package io.kernos.perf.grid;

import io.kernos.allocator.Quota;
import io.kernos.allocator.Reservation;
import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;
import io.kernos.allocator.Trait;

/** Whole cycles: every offer is taken back, and all is offered anew. */
public final class Cycles {
    private static final long FILTER_MS = 5_000;
    private static final long CYCLE_MS = 1_000;
    private static final int RESERVED_EVERY = 3;

    private final GridSize size;
    private final Effort effort;

    /**
     * Cycles of one cluster.
     *
     * @param size   of the cluster.
     * @param effort how long each is measured.
     */
    public Cycles(GridSize size, Effort effort) {
        this.size = size;
        this.effort = effort;
    }

    /**
     * All is offered for the first time, to a cluster of which nothing is held.
     *
     * @return how long the decision took, without adding agents and frameworks.
     */
    public Timing first() {
        return effort.rounds(new Effort.Round() {
            private OfferCluster cluster;

            @Override
            public void prepare() {
                cluster = new OfferCluster(size);
            }

            @Override
            public void run() {
                cluster.decide();
            }
        });
    }

    /**
     * All offers are given back without a filter, and all is offered anew.
     *
     * @return how long both took.
     */
    public Timing warm() {
        return cycle(offered(new OfferCluster(size)));
    }

    /**
     * All offers are declined for five seconds, and all is offered to others, once a second.
     *
     * @return how long both took, with the end of filters of five cycles before.
     */
    public Timing declined() {
        OfferCluster cluster = offered(new OfferCluster(size));
        for (long passedMs = 0; passedMs <= 2 * FILTER_MS; passedMs += CYCLE_MS) {
            decline(cluster);
        }
        return effort.rounds(() -> decline(cluster));
    }

    private static void decline(OfferCluster cluster) {
        cluster.pass(CYCLE_MS);
        cluster.book().declineAll(cluster.nowMs() + FILTER_MS, cluster.allocator());
        cluster.decide();
    }

    /**
     * Every second framework wants no more offers, all are given back, and all is offered to the others.
     *
     * @return how long that took.
     */
    public Timing halfSuppressed() {
        OfferCluster cluster = offered(new OfferCluster(size));
        return effort.rounds(new Effort.Round() {
            @Override
            public void prepare() {
                for (int framework = 0; framework < size.frameworks(); framework += 2) {
                    cluster.allocator().frameworks().revive(framework);
                }
                cluster.book().giveBackAll(cluster.allocator());
                cluster.decide();
            }

            @Override
            public void run() {
                int half = size.frameworks() / 2;
                for (int i = 0; i < half; i++) {
                    cluster.allocator().frameworks().suppress(2 * i);
                }
                cluster.book().giveBackAll(cluster.allocator());
                cluster.decide();
            }
        });
    }

    /**
     * A warm cycle where half of the roles have a guarantee of half of an equal part, and a quarter a limit.
     *
     * @return how long it took.
     */
    public Timing withQuotas() {
        OfferCluster cluster = new OfferCluster(size);
        long partMilli = 1_000L * OfferCluster.CPUS * size.agents() / size.frameworks();
        for (int role = 0; role < size.frameworks(); role++) {
            Quota quota = new Quota();
            if (role % 2 == 0) {
                quota.guarantee(ResourceKinds.CPUS, partMilli / 2);
            } else if (role % 4 == 1) {
                quota.limit(ResourceKinds.CPUS, partMilli);
            }
            cluster.allocator().quotas().set(role, quota, true);
        }
        return cycle(offered(cluster));
    }

    /**
     * A warm cycle where half of every third machine is reserved for a role.
     *
     * @return how long it took.
     */
    public Timing withReservations() {
        OfferCluster cluster = new OfferCluster(size);
        Resources half = Resources.of(1_000L * OfferCluster.CPUS / 2, 64L << 30, 1L << 39);
        for (int agent = 0; agent < size.agents(); agent += RESERVED_EVERY) {
            int role = agent / RESERVED_EVERY % size.frameworks();
            int trait = cluster.allocator().traits().intern(Trait.PLAIN.reserved(Reservation.fixed(role)));
            Resources total = new Resources();
            total.copyFrom(OfferCluster.MACHINE);
            total.subtract(half);
            total.add(trait, half);
            cluster.allocator().agents().updateTotal(agent, total);
        }
        return cycle(offered(cluster));
    }

    private Timing cycle(OfferCluster cluster) {
        return effort.rounds(() -> {
            cluster.book().giveBackAll(cluster.allocator());
            cluster.decide();
        });
    }

    private static OfferCluster offered(OfferCluster cluster) {
        cluster.decide();
        return cluster;
    }
}
