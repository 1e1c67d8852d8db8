package io.kernos.allocator;

/**
 * Policy: which numbers a task gets that wants any so many of a kind. They are the lowest that are free, of the lowest
 * node that has all of them where the demand wants that, or prefers it; then of the lowest socket. Kinds that the
 * topology of the agent does not divide are of no node.
 */
final class NumberChoice {
    private static final int NONE = -1;

    private final AgentTable agents;
    private final ShapeTable shapes;
    private final RangeSet free = new RangeSet();
    private final RangeSet scratch = new RangeSet();

    NumberChoice(AgentTable agents, ShapeTable shapes) {
        this.agents = agents;
        this.shapes = shapes;
    }

    /** Whether an agent has free what a task of a shape wants, on one node where that is required. */
    boolean has(int shape, int agent) {
        if (!shapes.wantsAny(shape)) {
            return true;
        }
        return capacityOfAll(shape, agent) > 0 && (!isBound(shape, agent) || nodeFor(shape, agent) != NONE);
    }

    /** Whether it is only nodes that keep a task of a shape from an agent that has enough numbers free. */
    boolean isOnlyUnaligned(int shape, int agent) {
        return shapes.wantsAny(shape) && capacityOfAll(shape, agent) > 0 && !has(shape, agent);
    }

    /** How many tasks of a shape an agent has numbers for; the largest int where it wants none. */
    int capacity(int shape, int agent) {
        if (!shapes.wantsAny(shape)) {
            return Integer.MAX_VALUE;
        }
        long most = capacityOfAll(shape, agent);
        if (!isBound(shape, agent)) {
            return (int) most;
        }
        AgentTopology topology = agents.topology(agent);
        long sum = 0;
        for (int node = 0; node < topology.nodes(); node++) {
            sum += capacityOf(shape, agent, node, NONE);
        }
        return (int) Math.min(most, sum);
    }

    /** Adds to what a task has the numbers that it gets; there must be enough. */
    void choose(int shape, int agent, Resources task) {
        if (!shapes.wantsAny(shape)) {
            return;
        }
        AgentTopology topology = agents.topology(agent);
        boolean aligns = shapes.alignment(shape) != Alignment.NONE && topology.nodes() > 0;
        int node = aligns ? nodeFor(shape, agent) : NONE;
        int socket = aligns && node == NONE ? socketFor(shape, agent) : NONE;
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            int wanted = shapes.wanted(shape, kind);
            if (wanted > 0) {
                collect(agent, kind, topology.divides(kind) ? node : NONE, topology.divides(kind) ? socket : NONE);
                free.copyLowestMissing(wanted, task.range(kind));
            }
        }
    }

    /** Whether the numbers of tasks of a shape must be of one node of an agent. */
    private boolean isBound(int shape, int agent) {
        return shapes.alignment(shape) == Alignment.REQUIRED
                && agents.topology(agent).nodes() > 0;
    }

    private int nodeFor(int shape, int agent) {
        AgentTopology topology = agents.topology(agent);
        int node = 0;
        while (node < topology.nodes() && capacityOf(shape, agent, node, NONE) == 0) {
            node++;
        }
        return node < topology.nodes() ? node : NONE;
    }

    private int socketFor(int shape, int agent) {
        AgentTopology topology = agents.topology(agent);
        int best = NONE;
        for (int node = 0; node < topology.nodes(); node++) {
            int socket = topology.socket(node);
            if ((best == NONE || socket < best) && capacityOf(shape, agent, NONE, socket) > 0) {
                best = socket;
            }
        }
        return best;
    }

    private long capacityOfAll(int shape, int agent) {
        Resources task = shapes.perTask(shape);
        long most = Integer.MAX_VALUE;
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            int wanted = shapes.wanted(shape, kind);
            if (wanted > 0) {
                long left = agents.freeNumbers(agent, kind) - task.range(kind).count();
                most = Math.min(most, Math.max(0, left) / wanted);
            }
        }
        return most;
    }

    /** How many tasks there are numbers for on a node, or on a socket. */
    private long capacityOf(int shape, int agent, int node, int socket) {
        AgentTopology topology = agents.topology(agent);
        long most = Integer.MAX_VALUE;
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES && most > 0; kind++) {
            int wanted = shapes.wanted(shape, kind);
            if (wanted > 0) {
                boolean divides = topology.divides(kind);
                collect(agent, kind, divides ? node : NONE, divides ? socket : NONE);
                free.removeAll(shapes.perTask(shape).range(kind));
                most = Math.min(most, free.count() / wanted);
            }
        }
        return most;
    }

    /** Finds the free numbers of a kind on a node, or on a socket, or anywhere. */
    private void collect(int agent, int kind, int node, int socket) {
        free.clear();
        AgentRanges ranges = agents.accounts().ranges(agent);
        if (ranges == null) {
            return;
        }
        if (node == NONE && socket == NONE) {
            ranges.addFree(kind, free);
            return;
        }
        AgentTopology topology = agents.topology(agent);
        for (int each = 0; each < topology.nodes(); each++) {
            boolean counts = node == NONE ? topology.socket(each) == socket : each == node;
            if (counts && topology.numbers(each, kind) != null) {
                scratch.clear();
                ranges.addFree(kind, scratch);
                scratch.retainAll(topology.numbers(each, kind));
                free.addAll(scratch);
            }
        }
    }
}
