package io.kernos.allocator;

import java.util.EnumSet;
import java.util.TreeMap;

/** An agent, as plainly as can be. */
final class NaiveAgent {
    NaiveAmounts total;
    AgentInfo info = AgentInfo.UNKNOWN;
    final EnumSet<AgentHold> holds = EnumSet.noneOf(AgentHold.class);
    final TreeMap<Integer, NaiveAmounts> offeredByFramework = new TreeMap<>();
    final TreeMap<Integer, NaiveAmounts> usedByFramework = new TreeMap<>();

    NaiveAmounts allocated() {
        NaiveAmounts allocated = new NaiveAmounts();
        offeredByFramework.values().forEach(allocated::add);
        usedByFramework.values().forEach(allocated::add);
        return allocated;
    }

    NaiveAmounts free() {
        NaiveAmounts free = new NaiveAmounts();
        free.add(total);
        free.subtract(allocated());
        return free;
    }

    /** What may be given now: all that is free, or null from an agent that gives nothing. */
    NaiveAmounts giveable() {
        return holds.isEmpty() && total.contains(allocated()) ? free() : null;
    }
}
