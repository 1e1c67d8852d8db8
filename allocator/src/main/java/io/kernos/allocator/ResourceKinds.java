package io.kernos.allocator;

/** The dense ids of resource kinds. Scalar kinds and range kinds are numbered apart. */
public final class ResourceKinds {
    /** Scalar kind of processors, in thousandths. */
    public static final int CPUS = 0;

    /** Scalar kind of memory, in bytes. */
    public static final int MEMORY = 1;

    /** Scalar kind of disk, in bytes. */
    public static final int DISK = 2;

    /** Scalar kind of graphics processors, in thousandths. */
    public static final int GPUS = 3;

    /** The first scalar kind that is free for kinds named by operators. */
    public static final int FIRST_CUSTOM_SCALAR = 4;

    /** How many scalar kinds there can be. */
    public static final int MAX_SCALARS = 16;

    /** Range kind of network ports. */
    public static final int PORTS = 0;

    /** How many range kinds there can be. */
    public static final int MAX_RANGES = 4;

    private ResourceKinds() {}
}
