package io.kernos.master.state;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random frameworks, agents and tasks, with kills, restarts, lost connections and repeated messages; then everything
 * heals, and what must be true of every task is.
 */
final class RandomModelTest {
    private static final int STEPS = 600;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldAccountForEveryTaskWhenEverythingGoesWrong(long seed) {
        System.out.println("seed " + seed);
        World world = new World(seed, STEPS);
        world.run();
        world.heal();
        world.assertAllAccountedFor();
    }
}
