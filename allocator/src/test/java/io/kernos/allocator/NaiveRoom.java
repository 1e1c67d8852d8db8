package io.kernos.allocator;

import java.util.LinkedHashMap;
import java.util.Map;

/** Room that is reserved for the first demand of those that are to be reserved for. */
final class NaiveRoom {
    final NaiveDemand head;
    final long startMs;
    final Map<NaiveAgent, Integer> tasksOn = new LinkedHashMap<>();

    NaiveRoom(NaiveDemand head, long startMs) {
        this.head = head;
        this.startMs = startMs;
    }
}
