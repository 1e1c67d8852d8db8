package io.kernos.perf.grid;

import io.kernos.allocator.AllocationHandler;
import io.kernos.allocator.Allocator;
import io.kernos.allocator.AllocatorContext;
import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;

/** Equal machines, offered to frameworks that are each in a role of its own. */
public final class OfferCluster implements AllocationHandler {
    static final int CPUS = 32;
    static final Resources MACHINE =
            Resources.of(1_000L * CPUS, 128L << 30, 1L << 40).addRange(ResourceKinds.PORTS, 31_000, 32_000);
    private static final int MAX_AGENTS = 1 << 17;
    private static final int LARGE_STRIDE = 7_919;
    private static final long FILTER_MS = 1_000;

    private final Allocator allocator = new Allocator(
            new AllocatorContext().handler(this).maxAgents(MAX_AGENTS).maxRoles(1 << 13));
    private final OfferBook book = new OfferBook();
    private int agents;
    private int frameworks;
    private long nowMs = 1_000;

    /**
     * A cluster of which nothing is offered yet.
     *
     * @param size how many agents and frameworks.
     */
    public OfferCluster(GridSize size) {
        addFrameworks(size.frameworks());
        addAgents(size.agents());
    }

    Allocator allocator() {
        return allocator;
    }

    OfferBook book() {
        return book;
    }

    int agents() {
        return agents;
    }

    int frameworks() {
        return frameworks;
    }

    long nowMs() {
        return nowMs;
    }

    /** Lets time pass. */
    void pass(long ms) {
        nowMs += ms;
    }

    void addFrameworks(int count) {
        for (int i = 0; i < count; i++) {
            allocator.roles().add(frameworks, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(frameworks, frameworks);
            frameworks++;
        }
    }

    void addAgents(int count) {
        for (int i = 0; i < count; i++) {
            allocator.agents().add(agents++, MACHINE);
        }
    }

    void removeLastAgent() {
        allocator.agents().remove(--agents);
    }

    /**
     * Offers whatever may be offered.
     *
     * @return how many decisions were made.
     */
    public int decide() {
        return allocator.allocate(nowMs);
    }

    /**
     * Takes one of the offers out of the book, to be turned over.
     *
     * @param number any number from 0; which offer follows from it.
     */
    public void take(int number) {
        book.take(number % book.size());
    }

    /**
     * The offer that was taken is given back, and what it held goes to whoever has least.
     *
     * @return how many decisions were made.
     */
    public int turnOver() {
        book.giveTakenBack(allocator);
        return decide();
    }

    /**
     * An offer is declined for a second, and offered to another framework, a millisecond later.
     *
     * @param number any number from 0; which offer follows from it.
     * @return how many decisions were made.
     */
    public int decline(int number) {
        pass(1);
        book.decline(number % book.size(), nowMs + FILTER_MS, allocator);
        return decide();
    }

    /**
     * An agent is disconnected, or is back where the number is odd.
     *
     * @param number any number from 0, with the next one after it; which agent follows from both.
     * @return how many decisions were made.
     */
    public int disconnectOrReturn(int number) {
        allocator.agents().setActive(spread(number / 2) % agents, number % 2 != 0);
        return decide();
    }

    /**
     * A framework wants no more offers, or does again where the number is odd.
     *
     * @param number any number from 0, with the next one after it; which framework follows from both.
     * @return how many decisions were made.
     */
    public int suppressOrRevive(int number) {
        int framework = number / 2 % frameworks;
        if (number % 2 == 0) {
            allocator.frameworks().suppress(framework);
        } else {
            allocator.frameworks().revive(framework);
        }
        return decide();
    }

    /**
     * A role gets another weight.
     *
     * @param number any number from 0; role and weight follow from it.
     * @return how many decisions were made.
     */
    public int reweigh(int number) {
        allocator.roles().updateWeight(number % frameworks, Allocator.WEIGHT_MILLI_DEFAULT + number % 3);
        return decide();
    }

    /**
     * Makes of numbers that follow each other such as are far from each other.
     *
     * @param number any number from 0.
     * @return a number from 0.
     */
    public static int spread(int number) {
        return (number * LARGE_STRIDE) & Integer.MAX_VALUE;
    }

    @Override
    public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
        book.add(frameworkIndex, agentIndex, granted);
    }

    @Override
    public void onPlacement(int demandIndex, int agentIndex, int tasks, Resources perTask) {
        throw new IllegalStateException("demandIndex=" + demandIndex + " must not be: nobody asks");
    }
}
