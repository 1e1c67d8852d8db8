package io.kernos.perf.grid;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One cluster of the grid; each framework is in a role of its own.
 *
 * @param agents     equal machines.
 * @param frameworks that contend for them.
 */
public record GridSize(int agents, int frameworks) {
    private static final int[] AGENTS = {1_000, 10_000, 50_000};
    private static final int[] FRAMEWORKS = {1, 50, 200, 1_000, 6_000};

    /**
     * Every cluster of the grid.
     *
     * @return the smallest first.
     */
    public static List<GridSize> all() {
        return Arrays.stream(AGENTS)
                .boxed()
                .flatMap(agents -> Arrays.stream(FRAMEWORKS).mapToObj(frameworks -> new GridSize(agents, frameworks)))
                .toList();
    }

    /**
     * The clusters of which goals speak.
     *
     * @return the smallest first.
     */
    public static List<GridSize> some() {
        return List.of(
                new GridSize(1_000, 200),
                new GridSize(10_000, 200),
                new GridSize(50_000, 200),
                new GridSize(50_000, 1_000));
    }

    /** Agents by frameworks, as tables name it. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d x %,d", agents, frameworks);
    }
}
