package io.kernos.transport;

/**
 * The resource kinds that every cluster knows, by their ids on the wire. Scalars and ranges are numbered apart.
 */
public final class ResourceKind {
    /** Processor time, in thousandths of a processor. */
    public static final int CPUS = 0;

    /** Memory, in bytes. */
    public static final int MEMORY = 1;

    /** Disk, in bytes. */
    public static final int DISK = 2;

    /** Graphics processors, in thousandths of one. */
    public static final int GPUS = 3;

    /** How many kinds of scalars there are. */
    public static final int SCALAR_COUNT = 4;

    /** Network ports; the first kind of ranges. */
    public static final int PORTS = 0;

    /** How many kinds of ranges there are. */
    public static final int RANGE_COUNT = 1;

    private static final String[] SCALAR_NAMES = {"cpus", "mem", "disk", "gpus"};
    private static final String[] RANGE_NAMES = {"ports"};

    private ResourceKind() {}

    /**
     * Name of a kind of scalars.
     *
     * @param kind its id.
     * @return its name; {@code scalar-<id>} for one that is not known here.
     */
    public static String scalarName(int kind) {
        return kind >= 0 && kind < SCALAR_NAMES.length ? SCALAR_NAMES[kind] : "scalar-" + kind;
    }

    /**
     * Name of a kind of ranges.
     *
     * @param kind its id.
     * @return its name; {@code range-<id>} for one that is not known here.
     */
    public static String rangeName(int kind) {
        return kind >= 0 && kind < RANGE_NAMES.length ? RANGE_NAMES[kind] : "range-" + kind;
    }
}
