package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that shapes count the demands that have them. */
final class ShapeVerifier {
    private final FrameworkTable frameworks;
    private final DemandTable demands;
    private final ShapeTable shapes;
    private final Givable givable;

    ShapeVerifier(Parts parts) {
        frameworks = parts.frameworks;
        demands = parts.demands;
        shapes = demands.shapes();
        givable = parts.givable;
    }

    void verify() {
        int[] known = new int[shapes.bound()];
        int[] ready = new int[shapes.bound()];
        for (int demand = 0; demand < demands.bound(); demand++) {
            if (demands.isKnown(demand)) {
                int framework = demands.framework(demand);
                boolean isBarred = !givable.mayHave(framework, demands.perTask(demand));
                boolean isReady =
                        demands.suffice(demand, demands.open(demand)) && frameworks.isActive(framework) && !isBarred;
                require(demands.isBarred(demand) == isBarred, "demand is barred from what is not for it", demand);
                known[demands.shape(demand)]++;
                ready[demands.shape(demand)] += isReady ? 1 : 0;
            }
        }
        int live = 0;
        for (int shape = 0; shape < shapes.bound(); shape++) {
            require(shapes.demands(shape) == known[shape], "demands of a shape are counted", shape);
            require(shapes.ready(shape) == ready[shape], "ready demands of a shape are counted", shape);
            live += ready[shape] > 0 ? 1 : 0;
        }
        require(live == shapes.live(), "live shapes are counted", live);
    }
}
