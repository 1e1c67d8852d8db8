package io.kernos.allocator;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers what would be decided if something were otherwise: with another weight, other agents, more or fewer demands.
 * The same allocator decides over a copy of the state; the one that is asked about is not touched. Costs what adding
 * all of the state costs, so it is for another thread, or another process, that has a snapshot.
 */
public final class WhatIf {
    private final Supplier<AllocatorContext> settings;
    private final Consumer<Allocator> state;

    /**
     * Asks about a state.
     *
     * @param settings those of the allocator that is asked about, a new object each time; its handler is not used.
     * @param state    adds all of the state to an allocator that has nothing, as after a snapshot was loaded.
     */
    public WhatIf(Supplier<AllocatorContext> settings, Consumer<Allocator> state) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.state = Objects.requireNonNull(state, "state");
    }

    /**
     * What would be decided at once if nothing were otherwise: what others are compared with.
     *
     * @param nowMs the time of the decision.
     * @return what was decided, and the state after it.
     */
    public WhatIfOutcome asItIs(long nowMs) {
        return run(allocator -> {}, nowMs, nowMs);
    }

    /**
     * What would be decided at once after some events.
     *
     * @param change the events; any of the allocator may be called.
     * @param nowMs  the time of the decision.
     * @return what was decided, and the state after it.
     */
    public WhatIfOutcome run(Consumer<Allocator> change, long nowMs) {
        return run(change, nowMs, nowMs);
    }

    /**
     * What would be decided at once after some events, with the lots that a seed gives.
     *
     * @param change the events; any of the allocator may be called.
     * @param nowMs  the time of the decision.
     * @param seed   as for {@link Allocator#allocate(long, long)}.
     * @return what was decided, and the state after it.
     */
    public WhatIfOutcome run(Consumer<Allocator> change, long nowMs, long seed) {
        Outcome outcome = new Outcome();
        Allocator copy = new Allocator(settings.get().handler(outcome));
        state.accept(copy);
        change.accept(copy);
        copy.allocate(nowMs, seed);
        return new WhatIfOutcome(copy, outcome.placed, outcome.offers);
    }

    /** Counts what is decided. */
    private static final class Outcome implements AllocationHandler {
        private int[] placed = new int[0];
        private int[] offers = new int[0];

        @Override
        public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
            offers = Columns.grow(offers, frameworkIndex + 1);
            offers[frameworkIndex]++;
        }

        @Override
        public void onPlacement(int demandIndex, int agentIndex, int tasks, Resources perTask) {
            placed = Columns.grow(placed, demandIndex + 1);
            placed[demandIndex] += tasks;
        }
    }
}
