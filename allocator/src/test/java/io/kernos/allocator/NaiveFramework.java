package io.kernos.allocator;

import java.util.TreeMap;

/** A framework in a role, as plainly as can be. */
final class NaiveFramework {
    int role;
    boolean active = true;
    boolean suppressed;
    final TreeMap<Integer, Long> filterEndByAgent = new TreeMap<>();
}
