package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** How an agent is divided, as plainly as can be: a bit for each number of each kind that a node has. */
final class NaiveTopology {
    /** A node: its socket, and by range kind its numbers. */
    record Node(int socket, List<Long> numbers) {}

    final List<Node> nodes = new ArrayList<>();

    boolean divides(int kind) {
        return nodes.stream().anyMatch(node -> node.numbers().get(kind) != 0);
    }

    /**
     * Sets of numbers of which a task may have those that it wants, all kinds of one set; those come first that it is
     * to have rather.
     */
    List<long[]> places(Alignment alignment) {
        List<long[]> places = new ArrayList<>();
        if (alignment != Alignment.NONE) {
            nodes.forEach(node -> places.add(place(List.of(node))));
        }
        if (alignment == Alignment.PREFERRED) {
            TreeSet<Integer> sockets = new TreeSet<>();
            nodes.forEach(node -> sockets.add(node.socket()));
            sockets.forEach(socket -> places.add(
                    place(nodes.stream().filter(node -> node.socket() == socket).toList())));
        }
        if (alignment != Alignment.REQUIRED || nodes.isEmpty()) {
            places.add(place(List.of()));
        }
        return places;
    }

    /** The numbers of some nodes, or all where there are none; and all of kinds that are not divided. */
    private long[] place(List<Node> some) {
        long[] numbers = new long[ResourceKinds.MAX_RANGES];
        for (int kind = 0; kind < numbers.length; kind++) {
            for (Node node : some) {
                numbers[kind] |= node.numbers().get(kind);
            }
            numbers[kind] = some.isEmpty() || !divides(kind) ? -1L : numbers[kind];
        }
        return numbers;
    }

    AgentTopology build() {
        AgentTopology.Builder builder = new AgentTopology.Builder();
        for (Node node : nodes) {
            builder.node(node.socket());
            for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
                for (long rest = node.numbers().get(kind); rest != 0; rest &= rest - 1) {
                    int number = Long.numberOfTrailingZeros(rest);
                    builder.numbers(kind, number, number);
                }
            }
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return nodes.toString();
    }
}
