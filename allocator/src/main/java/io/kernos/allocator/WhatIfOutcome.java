package io.kernos.allocator;

/** What was decided in answer to a {@link WhatIf}. */
public final class WhatIfOutcome {
    private final Allocator allocator;
    private final int[] placed;
    private final int[] offers;

    WhatIfOutcome(Allocator allocator, int[] placed, int[] offers) {
        this.allocator = allocator;
        this.placed = placed;
        this.offers = offers;
    }

    /**
     * The state after the decision: its shares, what is free, and, by way of an {@link Explainer}, why what waits still
     * waits.
     *
     * @return an allocator of the caller's own.
     */
    public Allocator allocator() {
        return allocator;
    }

    /**
     * How many tasks of a demand were placed.
     *
     * @param demandIndex a demand.
     * @return the number of tasks.
     */
    public int placedTasks(int demandIndex) {
        return demandIndex < placed.length ? placed[demandIndex] : 0;
    }

    /**
     * How many offers were made to a framework.
     *
     * @param frameworkIndex a framework.
     * @return the number of offers.
     */
    public int offers(int frameworkIndex) {
        return frameworkIndex < offers.length ? offers[frameworkIndex] : 0;
    }
}
