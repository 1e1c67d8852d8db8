package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the random sorter of Mesos does, scenario by scenario: how often each client is at which place. */
class RandomSorterScenariosTest {
    private static final long NO_PARENT = -1;
    private static final int SEEDS = 1_000;
    private static final int AGENTS = 96;
    private static final double TOLERANCE = 0.05;

    /** Roles as (parent, weight); clients as roles with a framework each, and how likely each is to be next. */
    private static Stream<Arguments> trees() {
        return Stream.of(
                Arguments.of(
                        "WeightedShuffleTest.ProbabilityDistribution, RandomSorterTest.ProbabilityDistribution",
                        new long[][] {{NO_PARENT, 1}, {NO_PARENT, 2}, {NO_PARENT, 3}, {NO_PARENT, 4}, {NO_PARENT, 5}},
                        new int[] {0, 1, 2, 3, 4},
                        new double[] {1.0 / 15, 2.0 / 15, 3.0 / 15, 4.0 / 15, 5.0 / 15}),
                Arguments.of(
                        "RandomSorterTest.HierarchicalProbabilityDistribution",
                        new long[][] {{NO_PARENT, 1}, {0, 2}, {NO_PARENT, 2}, {2, 1}, {2, 2}},
                        new int[] {0, 1, 3, 4},
                        new double[] {1.0 / 9, 2.0 / 9, 2.0 / 9, 4.0 / 9}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trees")
    @DisplayName("Roles are drawn by their weights")
    void shouldOrderByLotInProportionToWeights(String scenario, long[][] roles, int[] clients, double[] chances) {
        double[][] expected = new double[clients.length][clients.length];
        addChances(chances, new ArrayList<>(), 1, expected);
        double[][] actual = new double[clients.length][clients.length];
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Integer> order = order(roles, clients, seed);
            for (int place = 0; place < clients.length; place++) {
                actual[order.get(place)][place] += 1.0 / SEEDS;
            }
        }
        for (int client = 0; client < clients.length; client++) {
            for (int place = 0; place < clients.length; place++) {
                String what = scenario + ": client " + client + " at place " + place;
                assertEquals(expected[client][place], actual[client][place], TOLERANCE, what);
            }
        }
    }

    @Test
    void shouldDrawFrameworksAlikeWhateverTheyHold() {
        Scenario it = new Scenario(new AllocatorContext().frameworkSorter(Sorter.RANDOM));
        it.role(0);
        for (int framework = 0; framework < 4; framework++) {
            it.framework(framework, 0);
        }
        it.agent(4_000, 100, 100);
        it.allocator.grants().addUsed(4_000, 0, Scenario.machine(100, 100));
        for (int agent = 0; agent < 4_000; agent++) {
            it.agent(agent, 1, 1);
        }
        it.allocator.allocate(Scenario.NOW_MS, 1);
        int[] offers = new int[4];
        it.decisions.grants.forEach(grant -> offers[grant.framework()]++);
        for (int count : offers) {
            assertEquals(1_000, count, 100);
        }
    }

    @Test
    void shouldDecideAlikeFromTheSameSeedAndOtherwiseFromAnother() {
        long[][] roles = {{NO_PARENT, 1}, {NO_PARENT, 1}};
        int[] clients = {0, 1};
        assertEquals(served(roles, clients, 7), served(roles, clients, 7));
        Set<List<Integer>> different = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            different.add(served(roles, clients, seed));
        }
        assertEquals(100, different.size());
    }

    /** Adds, for each order that can be drawn, how likely it is to each client at its place. */
    private static void addChances(double[] chances, List<Integer> drawn, double chance, double[][] into) {
        double left = 1;
        for (int client : drawn) {
            left -= chances[client];
        }
        for (int client = 0; client < chances.length; client++) {
            if (!drawn.contains(client)) {
                double each = chance * chances[client] / left;
                into[client][drawn.size()] += each;
                List<Integer> further = new ArrayList<>(drawn);
                further.add(client);
                addChances(chances, further, each, into);
            }
        }
    }

    /** The order in which clients are served for the first time; who never is comes last. */
    private static List<Integer> order(long[][] roles, int[] clients, long seed) {
        List<Integer> order =
                new ArrayList<>(served(roles, clients, seed).stream().distinct().toList());
        for (int client = 0; client < clients.length; client++) {
            if (!order.contains(client)) {
                order.add(client);
            }
        }
        return order;
    }

    /** Who is offered the agents, one after the other. */
    private static List<Integer> served(long[][] roles, int[] clients, long seed) {
        Scenario it = new Scenario(new AllocatorContext().roleSorter(Sorter.RANDOM));
        for (int role = 0; role < roles.length; role++) {
            if (roles[role][0] == NO_PARENT) {
                it.allocator.roles().add(role, roles[role][1] * Allocator.WEIGHT_MILLI_DEFAULT);
            } else {
                it.allocator.roles().add(role, (int) roles[role][0], roles[role][1] * Allocator.WEIGHT_MILLI_DEFAULT);
            }
        }
        for (int client = 0; client < clients.length; client++) {
            it.framework(client, clients[client]);
        }
        for (int agent = 0; agent < AGENTS; agent++) {
            it.agent(agent, 1, 1);
        }
        it.allocator.allocate(Scenario.NOW_MS, seed);
        it.allocator.verify();
        return it.decisions.grants.stream().map(Decisions.Grant::framework).toList();
    }
}
