package io.kernos.client;

import io.kernos.transport.ResourceKind;
import io.kernos.transport.codecs.OfferDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Resources of one agent that the framework may use. Reused by the session: valid during the listener's call, and
 * {@link #copy()} keeps one. Reading it allocates nothing but the host name's text, once asked for.
 */
public final class ResourceOffer {
    private static final int INITIAL_CAPACITY = 8;

    private final OfferDecoder decoder;
    private long frameworkId;
    private long offerId;
    private long agentId;
    private int scalarCount;
    private int[] scalarKinds;
    private long[] scalarAmounts;
    private int rangeCount;
    private int[] rangeKinds;
    private long[] rangeBegins;
    private long[] rangeEnds;
    private String hostname;

    ResourceOffer() {
        decoder = new OfferDecoder();
        scalarKinds = new int[INITIAL_CAPACITY];
        scalarAmounts = new long[INITIAL_CAPACITY];
        rangeKinds = new int[INITIAL_CAPACITY];
        rangeBegins = new long[INITIAL_CAPACITY];
        rangeEnds = new long[INITIAL_CAPACITY];
    }

    private ResourceOffer(ResourceOffer other) {
        decoder = null;
        frameworkId = other.frameworkId;
        offerId = other.offerId;
        agentId = other.agentId;
        scalarCount = other.scalarCount;
        scalarKinds = Arrays.copyOf(other.scalarKinds, scalarCount);
        scalarAmounts = Arrays.copyOf(other.scalarAmounts, scalarCount);
        rangeCount = other.rangeCount;
        rangeKinds = Arrays.copyOf(other.rangeKinds, rangeCount);
        rangeBegins = Arrays.copyOf(other.rangeBegins, rangeCount);
        rangeEnds = Arrays.copyOf(other.rangeEnds, rangeCount);
        hostname = other.hostname();
    }

    void wrap(DirectBuffer buffer, int offset, int blockLength, int version) {
        decoder.wrap(buffer, offset, blockLength, version);
        frameworkId = decoder.frameworkId();
        offerId = decoder.offerId();
        agentId = decoder.agentId();
        hostname = null;
        readScalars(decoder.scalars());
        readRanges(decoder.ranges());
    }

    private void readScalars(OfferDecoder.ScalarsDecoder scalars) {
        scalarCount = scalars.count();
        if (scalarCount > scalarKinds.length) {
            scalarKinds = new int[scalarCount];
            scalarAmounts = new long[scalarCount];
        }
        for (int i = 0; i < scalarCount; i++) {
            scalars.next();
            scalarKinds[i] = scalars.kind();
            scalarAmounts[i] = scalars.amount();
        }
    }

    private void readRanges(OfferDecoder.RangesDecoder ranges) {
        rangeCount = ranges.count();
        if (rangeCount > rangeKinds.length) {
            rangeKinds = new int[rangeCount];
            rangeBegins = new long[rangeCount];
            rangeEnds = new long[rangeCount];
        }
        for (int i = 0; i < rangeCount; i++) {
            ranges.next();
            rangeKinds[i] = ranges.kind();
            rangeBegins[i] = ranges.begin();
            rangeEnds[i] = ranges.end();
        }
    }

    /**
     * To whom it is offered.
     *
     * @return the framework's id.
     */
    public long frameworkId() {
        return frameworkId;
    }

    /**
     * Which offer.
     *
     * @return its id.
     */
    public long offerId() {
        return offerId;
    }

    /**
     * Whose resources.
     *
     * @return the agent's id.
     */
    public long agentId() {
        return agentId;
    }

    /**
     * The agent's host.
     *
     * @return its name.
     */
    public String hostname() {
        if (hostname == null) {
            hostname = decoder.hostname();
        }
        return hostname;
    }

    /**
     * How much of a resource is offered.
     *
     * @param kind of the resource, see {@link ResourceKind}.
     * @return the amount in the kind's unit; 0: none.
     */
    public long scalar(int kind) {
        for (int i = 0; i < scalarCount; i++) {
            if (scalarKinds[i] == kind) {
                return scalarAmounts[i];
            }
        }
        return 0;
    }

    /**
     * Processors offered.
     *
     * @return thousandths of a processor.
     */
    public long cpusMilli() {
        return scalar(ResourceKind.CPUS);
    }

    /**
     * Memory offered.
     *
     * @return bytes.
     */
    public long memoryBytes() {
        return scalar(ResourceKind.MEMORY);
    }

    /**
     * Disk offered.
     *
     * @return bytes.
     */
    public long diskBytes() {
        return scalar(ResourceKind.DISK);
    }

    /**
     * How many ranges are offered, of all kinds.
     *
     * @return the count; indices are below it.
     */
    public int rangeCount() {
        return rangeCount;
    }

    /**
     * Kind of a range.
     *
     * @param index of the range.
     * @return such as {@link ResourceKind#PORTS}.
     */
    public int rangeKind(int index) {
        return rangeKinds[index];
    }

    /**
     * First value of a range.
     *
     * @param index of the range.
     * @return the value.
     */
    public long rangeBegin(int index) {
        return rangeBegins[index];
    }

    /**
     * Last value of a range, which belongs to it.
     *
     * @param index of the range.
     * @return the value.
     */
    public long rangeEnd(int index) {
        return rangeEnds[index];
    }

    /**
     * Keeps it beyond the listener's call.
     *
     * @return a copy that never changes.
     */
    public ResourceOffer copy() {
        return new ResourceOffer(this);
    }

    @Override
    public String toString() {
        return "offer " + offerId + " of agent " + agentId + " (" + hostname() + "): " + cpusMilli()
                + " thousandths of a cpu, " + memoryBytes() + " bytes of memory, " + diskBytes() + " bytes of disk";
    }
}
