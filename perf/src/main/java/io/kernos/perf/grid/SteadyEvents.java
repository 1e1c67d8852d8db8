package io.kernos.perf.grid;

import io.kernos.allocator.Allocator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every kind of single event, in a cluster that is full and stays so; each with the decision that follows it. */
public final class SteadyEvents {
    private static final int LARGE_STRIDE = 7_919;
    private static final long FILTER_MS = 1_000;

    private final GridSize size;
    private final Effort effort;
    private final Map<String, Timing> timings = new LinkedHashMap<>();

    private SteadyEvents(GridSize size, Effort effort) {
        this.size = size;
        this.effort = effort;
    }

    /**
     * Measures each kind.
     *
     * @param size   of the cluster.
     * @param effort how long each is measured.
     * @return how long each took, by what it is.
     */
    public static Map<String, Timing> measure(GridSize size, Effort effort) {
        SteadyEvents events = new SteadyEvents(size, effort);
        events.measureTasks(new TaskCluster(size));
        OfferCluster offered = new OfferCluster(size);
        offered.decide();
        events.measureOffers(offered);
        events.measureSettings(offered);
        return events.timings;
    }

    private void measureTasks(TaskCluster cluster) {
        add("task ends, another is placed", number -> cluster.replace(spread(number)));
        add("task asked for without room", number -> cluster.ask(number % size.frameworks()));
    }

    private void measureOffers(OfferCluster cluster) {
        timings.put("offer back, and offered anew", effort.events(new Effort.Event() {
            @Override
            public void prepare(int number) {
                cluster.take(spread(number));
            }

            @Override
            public void run(int number) {
                cluster.turnOver();
            }
        }));
        add("offer declined, and offered to another", number -> {
            cluster.pass(1);
            cluster.book()
                    .decline(spread(number) % cluster.book().size(), cluster.nowMs() + FILTER_MS, cluster.allocator());
            cluster.decide();
        });
    }

    private void measureSettings(OfferCluster cluster) {
        Allocator allocator = cluster.allocator();
        add("agent disconnected or back", number -> {
            allocator.agents().setActive(spread(number / 2) % size.agents(), number % 2 != 0);
            cluster.decide();
        });
        add("framework suppressed or revived", number -> {
            if (number % 2 == 0) {
                allocator.frameworks().suppress(number / 2 % size.frameworks());
            } else {
                allocator.frameworks().revive(number / 2 % size.frameworks());
            }
            cluster.decide();
        });
        add("weight of a role changed", number -> {
            allocator.roles().updateWeight(number % size.frameworks(), 1_000 + number % 3);
            cluster.decide();
        });
    }

    private void add(String name, Effort.Event event) {
        timings.put(name, effort.events(event));
    }

    private static int spread(int number) {
        return (number * LARGE_STRIDE) & Integer.MAX_VALUE;
    }
}
