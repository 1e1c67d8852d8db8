package io.kernos.perf.grid;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every kind of single event, in a cluster that is full and stays so; each with the decision that follows it. */
public final class SteadyEvents {
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
        add("task ends, another is placed", number -> cluster.replace(OfferCluster.spread(number)));
        add("task asked for without room", number -> cluster.ask(number % size.frameworks()));
    }

    private void measureOffers(OfferCluster cluster) {
        timings.put("offer back, and offered anew", effort.events(new Effort.Event() {
            @Override
            public void prepare(int number) {
                cluster.take(OfferCluster.spread(number));
            }

            @Override
            public void run(int number) {
                cluster.turnOver();
            }
        }));
        add("offer declined, and offered to another", number -> cluster.decline(OfferCluster.spread(number)));
    }

    private void measureSettings(OfferCluster cluster) {
        add("agent disconnected or back", cluster::disconnectOrReturn);
        add("framework suppressed or revived", cluster::suppressOrRevive);
        add("weight of a role changed", cluster::reweigh);
    }

    private void add(String name, Effort.Event event) {
        timings.put(name, effort.events(event));
    }
}
