package io.kernos.allocator;

/** Policy: the least that is worth an offer, so much of a processor or so much memory. */
final class OfferMinimum {
    private final long cpusMilli;
    private final long memoryBytes;

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
}
