package io.kernos.allocator;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** An agent, as plainly as can be. */
final class NaiveAgent {
    NaiveAmounts total;
    final TreeMap<Integer, Integer> tasksByGroup = new TreeMap<>();
    /** The groups that ran here when the pass began. */
    final TreeSet<Integer> groupsBefore = new TreeSet<>();

    AgentInfo info = AgentInfo.UNKNOWN;
    NaiveTopology topology = new NaiveTopology();
    NaiveMaintenance.Window window;
    final EnumSet<AgentHold> holds = EnumSet.noneOf(AgentHold.class);
    final TreeMap<Integer, NaiveAmounts> offeredByFramework = new TreeMap<>();
    final TreeMap<Integer, NaiveAmounts> usedByFramework = new TreeMap<>();
    /** What is booked for tasks for which others are to leave. */
    final TreeMap<Integer, NaiveAmounts> claimedByFramework = new TreeMap<>();
    /** By demand, how many tasks run that may have to leave, and how many were told to. */
    final TreeMap<Integer, NaiveRun> runs = new TreeMap<>();

    /** The tasks that run and are expected to end. */
    final List<NaiveEnd> ends = new ArrayList<>();

    private final Map<Integer, Trait> traits;

    NaiveAgent(Map<Integer, Trait> traits) {
        this.traits = traits;
    }

    NaiveAmounts allocated() {
        NaiveAmounts allocated = new NaiveAmounts();
        offeredByFramework.values().forEach(allocated::add);
        usedByFramework.values().forEach(allocated::add);
        claimedByFramework.values().forEach(allocated::add);
        return allocated;
    }

    /** Whether numbers are allocated that it does not have. */
    boolean lacksNumbers() {
        NaiveAmounts allocated = allocated();
        for (int kind = 0; kind < allocated.numbers.length; kind++) {
            if ((allocated.numbers[kind] & ~total.numbers[kind]) != 0) {
                return true;
            }
        }
        return false;
    }

    void rememberGroups() {
        groupsBefore.clear();
        groupsBefore.addAll(tasksByGroup.keySet());
    }

    void countGroup(int group, int change) {
        if (group != GroupTable.NONE) {
            int tasks = tasksByGroup.getOrDefault(group, 0) + change;
            tasksByGroup.put(group, tasks);
            tasksByGroup.values().removeIf(count -> count == 0);
        }
    }

    /** What is not allocated; what is shared is always free. */
    NaiveAmounts free() {
        NaiveAmounts free = new NaiveAmounts();
        free.add(total);
        NaiveAmounts allocated = allocated();
        allocated.specials.keySet().removeIf(trait -> traits.get(trait).isShared());
        free.subtract(allocated);
        return free;
    }

    /** What may be given now, or null from an agent that gives nothing. */
    NaiveAmounts giveable() {
        if (!holds.isEmpty() || !total.contains(allocated())) {
            return null;
        }
        NaiveAmounts free = free();
        free.specials.keySet().removeIf(trait -> !gives(trait));
        return free;
    }

    private boolean gives(int trait) {
        NaiveAmounts allocated = allocated().specialOrNothing(trait);
        Trait what = traits.get(trait);
        return what.isShared()
                || (total.specialOrNothing(trait).contains(allocated) && (!what.isWhole() || allocated.isNothing()));
    }
}
