package io.kernos.perf.grid;

/** What is added to a cluster of which everything is offered already. */
public final class Changes {
    private static final int LARGE_STRIDE = 7_919;

    private final GridSize size;
    private final Effort effort;

    /**
     * Changes of one cluster.
     *
     * @param size   of the cluster.
     * @param effort how long each is measured.
     */
    public Changes(GridSize size, Effort effort) {
        this.size = size;
        this.effort = effort;
    }

    /**
     * A tenth as many agents are added at once and offered.
     *
     * @return how long that took.
     */
    public Timing moreAgents() {
        int more = size.agents() / 10;
        return effort.rounds(new Effort.Round() {
            private OfferCluster cluster;

            @Override
            public void prepare() {
                cluster = new OfferCluster(size);
                cluster.decide();
            }

            @Override
            public void run() {
                cluster.addAgents(more);
                cluster.decide();
            }
        });
    }

    /**
     * All frameworks are added to the agents one by one, with a decision after each; then all is shared among them.
     *
     * @return how long that took.
     */
    public Timing moreFrameworks() {
        return effort.rounds(new Effort.Round() {
            private OfferCluster cluster;

            @Override
            public void prepare() {
                cluster = new OfferCluster(new GridSize(size.agents(), 0));
            }

            @Override
            public void run() {
                for (int i = 0; i < size.frameworks(); i++) {
                    cluster.addFrameworks(1);
                    cluster.decide();
                }
                cluster.book().giveBackAll(cluster.allocator());
                cluster.decide();
            }
        });
    }

    /**
     * One agent is added and offered; it is taken away again, which does not count.
     *
     * @return how long that took.
     */
    public Timing oneAgent() {
        OfferCluster cluster = new OfferCluster(size);
        cluster.decide();
        return effort.rounds(new Effort.Round() {
            @Override
            public void prepare() {
                if (cluster.agents() > size.agents()) {
                    cluster.book().giveBack(cluster.book().size() - 1, cluster.allocator());
                    cluster.removeLastAgent();
                    cluster.decide();
                }
            }

            @Override
            public void run() {
                cluster.addAgents(1);
                cluster.decide();
            }
        });
    }

    /**
     * What was offered of one agent is recovered, and offered to whoever has least.
     *
     * @return how long it took from the one to the other, offers here and there in the cluster one after another; which
     *     offer comes back is read before, as the message that brings it would be.
     */
    public Timing oneRecovered() {
        OfferCluster cluster = new OfferCluster(size);
        cluster.decide();
        return effort.events(new Effort.Event() {
            @Override
            public void prepare(int number) {
                cluster.take((number * LARGE_STRIDE) & Integer.MAX_VALUE);
            }

            @Override
            public void run(int number) {
                cluster.turnOver();
            }
        });
    }
}
