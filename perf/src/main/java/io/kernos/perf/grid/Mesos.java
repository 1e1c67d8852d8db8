package io.kernos.perf.grid;

import java.util.List;

/**
 * What Mesos' own allocator took on a machine of two cores: hierarchical DRF of Mesos 1.11, in C++, at -O2. It was not
 * measured in the same run, so a ratio to it tells an order of magnitude. Where there was a range, this is its low end.
 *
 * @param what    was done.
 * @param size    of the cluster.
 * @param tookMs  in milliseconds.
 */
public record Mesos(Case what, GridSize size, double tookMs) {
    /** What was measured of both. */
    public enum Case {
        /** A warm cycle. */
        WARM("warm cycle"),
        /** All declined, and decided again. */
        DECLINED("all declined, and decided again"),
        /** All frameworks added. */
        MORE_FRAMEWORKS("frameworks added"),
        /** One agent added. */
        ONE_AGENT("one agent added"),
        /** From the end of a task until its resources are offered again. */
        ONE_RECOVERED("recovered to offered");

        private final String title;

        Case(String title) {
            this.title = title;
        }
    }

    /** All that was measured. */
    public static final List<Mesos> FIGURES = List.of(
            new Mesos(Case.WARM, new GridSize(1_000, 200), 26),
            new Mesos(Case.WARM, new GridSize(10_000, 200), 250),
            new Mesos(Case.WARM, new GridSize(50_000, 200), 1_900),
            new Mesos(Case.DECLINED, new GridSize(10_000, 200), 440),
            new Mesos(Case.MORE_FRAMEWORKS, new GridSize(50_000, 200), 47_000),
            new Mesos(Case.ONE_AGENT, new GridSize(10_000, 200), 1.3),
            new Mesos(Case.ONE_RECOVERED, new GridSize(10_000, 200), 100));

    /**
     * What was done where.
     *
     * @return as tables name it.
     */
    public String name() {
        return what.title + ", " + size;
    }
}
