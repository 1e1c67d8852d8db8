package io.kernos.allocator;

/**
 * What only quotas kept from being given in earlier passes: agents with something worth an offer, and shapes of
 * demands. They are looked at again when some role can get more.
 */
final class HeldBack {
    private final AgentTable agents;
    private final ShapeTable shapes;
    private final QuotaTable quotas;
    private final IndexSet heldAgents = new IndexSet();
    private int[] heldShapes = new int[0];
    private int heldShapeCount;

    HeldBack(Parts parts) {
        agents = parts.agents;
        shapes = parts.demands.shapes();
        quotas = parts.quotas;
    }

    boolean isDue() {
        return quotas.isGrown() && (heldShapeCount > 0 || !heldAgents.isEmpty());
    }

    /** Makes what is held back possible again, if some role can get more. */
    void releaseInto(IndexSet offerCandidates) {
        if (quotas.takeGrown()) {
            offerCandidates.addBoth(heldAgents, agents.offerable());
            heldAgents.clear();
            for (int i = 0; i < heldShapeCount; i++) {
                shapes.release(heldShapes[i]);
            }
            heldShapeCount = 0;
        }
    }

    void holdAgents(IndexSet candidates) {
        heldAgents.addAll(candidates);
    }

    void holdShape(int shape) {
        if (shapes.hold(shape)) {
            heldShapes = Columns.grow(heldShapes, heldShapeCount + 1);
            heldShapes[heldShapeCount++] = shape;
        }
    }
}
