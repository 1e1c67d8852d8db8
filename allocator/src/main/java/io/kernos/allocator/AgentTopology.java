package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;

/**
 * How an agent is divided into nodes, each on a socket, and which numbers of range kinds are of which node: of
 * processor cores, say, and of graphics processors. A kind of which no node has any number is not divided. Immutable.
 */
public final class AgentTopology {
    /** One whole. */
    public static final AgentTopology NONE = new Builder().build();

    /** An agent has at most so many nodes. */
    public static final int MAX_NODES = 64;

    private final int[] sockets;
    private final RangeSet[][] numbers;
    private final boolean[] divided = new boolean[ResourceKinds.MAX_RANGES];

    private AgentTopology(Builder builder) {
        sockets = new int[builder.sockets.size()];
        numbers = new RangeSet[sockets.length][];
        for (int node = 0; node < sockets.length; node++) {
            sockets[node] = builder.sockets.get(node);
            numbers[node] = builder.numbers.get(node).clone();
            for (int kind = 0; kind < divided.length; kind++) {
                divided[kind] |= numbers[node][kind] != null;
            }
        }
    }

    /**
     * How many nodes there are.
     *
     * @return the number of nodes; they are numbered from 0.
     */
    public int nodes() {
        return sockets.length;
    }

    /**
     * On which socket a node is.
     *
     * @param node from 0.
     * @return the socket.
     */
    public int socket(int node) {
        return sockets[node];
    }

    /** Whether the numbers of a kind are of nodes. */
    boolean divides(int kind) {
        return divided[kind];
    }

    /** The numbers of a kind that a node has, or null where it has none. */
    RangeSet numbers(int node, int kind) {
        return numbers[node][kind];
    }

    /** Says what nodes there are, one after the other. */
    public static final class Builder {
        private final List<Integer> sockets = new ArrayList<>();
        private final List<RangeSet[]> numbers = new ArrayList<>();

        /** No nodes yet. */
        public Builder() {}

        /**
         * Begins the next node.
         *
         * @param socket on which it is, from 0.
         * @return this, for chaining.
         */
        public Builder node(int socket) {
            Checks.range("socket", socket, 0, MAX_NODES - 1);
            Checks.range("nodes", sockets.size() + 1L, 1, MAX_NODES);
            sockets.add(socket);
            numbers.add(new RangeSet[ResourceKinds.MAX_RANGES]);
            return this;
        }

        /**
         * Says that numbers are of the node that was begun last.
         *
         * @param kind  a range kind.
         * @param begin the first number.
         * @param end   the last number, inclusive.
         * @return this, for chaining.
         * @throws IllegalArgumentException where another node has any of them.
         */
        public Builder numbers(int kind, long begin, long end) {
            Checks.index("kind", kind, ResourceKinds.MAX_RANGES);
            Checks.range("nodes", sockets.size(), 1, MAX_NODES);
            RangeSet added = new RangeSet();
            added.add(begin, end);
            for (RangeSet[] node : numbers) {
                if (node[kind] != null && node[kind].intersects(added)) {
                    throw new IllegalArgumentException(
                            "numbers " + added + " of range kind " + kind + " must not be given to a node twice");
                }
            }
            RangeSet[] last = numbers.getLast();
            if (last[kind] == null) {
                last[kind] = new RangeSet();
            }
            last[kind].addAll(added);
            return this;
        }

        /**
         * What was said.
         *
         * @return a topology.
         */
        public AgentTopology build() {
            return new AgentTopology(this);
        }
    }
}
