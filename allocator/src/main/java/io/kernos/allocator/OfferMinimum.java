package io.kernos.allocator;

/**
 * Policy: the least that is worth an offer, so much of a processor or so much memory; for a framework that has minima
 * of its own, those instead.
 */
final class OfferMinimum {
    private final long cpusMilli;
    private final long memoryBytes;
    private OfferMinima[] own = new OfferMinima[0];
    private int owners;

    OfferMinimum(AllocatorContext context) {
        this.cpusMilli = context.minOfferCpusMilli();
        this.memoryBytes = context.minOfferMemoryBytes();
    }

    boolean isMet(long cpusMilli, long memoryBytes) {
        return cpusMilli >= this.cpusMilli || memoryBytes >= this.memoryBytes;
    }

    boolean isMet(ScalarTable free, int agent) {
        return isMet(free.at(agent, ResourceKinds.CPUS), free.at(agent, ResourceKinds.MEMORY));
    }

    /** Whether any framework has minima of its own: then less than the common minimum may be worth an offer. */
    boolean isAnyOwn() {
        return owners > 0;
    }

    /** The minima of a framework itself, or null. */
    OfferMinima own(int framework) {
        return framework < own.length ? own[framework] : null;
    }

    /** Gives a framework minima of its own, or takes them where they are null. */
    void own(int framework, OfferMinima minima) {
        own = Columns.grow(own, framework + 1);
        owners += (minima == null ? 0 : 1) - (own[framework] == null ? 0 : 1);
        own[framework] = minima;
    }
}
