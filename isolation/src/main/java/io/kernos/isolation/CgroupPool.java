package io.kernos.isolation;

import io.kernos.linux.LinuxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Control groups that are made once and used again, for making and removing one costs as much as a whole container.
 * <p>
 * A slot is free, taken, or being emptied: whatever still runs in a slot that was given back is killed, and the slot is
 * free again when it was seen empty. Used by one thread.
 */
final class CgroupPool {
    private static final int SWEPT_A_TURN = 8;

    /** One control group, with what a container in it is told from the one before by. */
    static final class Slot {
        final int number;
        final Cgroup cgroup;
        long memoryBytes = -1;
        long oomKillsBefore;

        Slot(int number, Cgroup cgroup) {
            this.number = number;
            this.cgroup = cgroup;
        }

        boolean oomKilled() {
            return (int) cgroup.oomKills() != (int) oomKillsBefore;
        }
    }

    private final Cgroups cgroups;
    private final Int2ObjectHashMap<Slot> slots = new Int2ObjectHashMap<>();
    private final ArrayDeque<Slot> free = new ArrayDeque<>();
    private final ArrayDeque<Slot> emptying = new ArrayDeque<>();
    private int nextNumber;

    CgroupPool(Cgroups cgroups) {
        this.cgroups = cgroups;
    }

    Cgroups cgroups() {
        return cgroups;
    }

    int size() {
        return slots.size();
    }

    int freeCount() {
        return free.size();
    }

    /** Takes the slots that an earlier run left; those not held by a container are emptied and used again. */
    void adopt(Set<Integer> held) {
        for (int number : cgroups.existing()) {
            if (!slots.containsKey(number)) {
                Slot slot = slot(number);
                if (!held.contains(number)) {
                    emptying.add(slot);
                }
            }
        }
    }

    /** Makes slots until so many are there. */
    void prepare(int count) {
        while (slots.size() < count) {
            free.add(slot(unusedNumber()));
        }
    }

    /** The slot of a number that a running container told; made known when it was not. */
    Slot held(int number) {
        Slot slot = slots.get(number);
        return slot == null ? slot(number) : slot;
    }

    /**
     * Takes a slot with its limits set.
     *
     * @throws LinuxException when none can be made or the kernel refuses the limits.
     */
    Slot take(long cpusMilli, long memoryBytes, long pidsMax) {
        Slot slot = freeLike(memoryBytes);
        if (slot == null) {
            slot = slot(unusedNumber());
        }
        try {
            slot.cgroup.limit(cpusMilli, memoryBytes, pidsMax);
        } catch (LinuxException e) {
            giveBack(slot);
            throw e;
        }
        slot.memoryBytes = memoryBytes;
        slot.oomKillsBefore = slot.cgroup.oomKills();
        return slot;
    }

    /** Lowering a memory limit may have to write pages out first, so a slot of the same limit is looked for a little. */
    private Slot freeLike(long memoryBytes) {
        int looks = Math.min(free.size(), SWEPT_A_TURN);
        for (int i = 0; i < looks; i++) {
            Slot slot = free.pollLast();
            if (slot.memoryBytes == memoryBytes || slot.memoryBytes == -1) {
                return slot;
            }
            free.addFirst(slot);
        }
        return free.pollLast();
    }

    /** Gives a slot back; it is free again once it was seen empty. */
    void giveBack(Slot slot) {
        emptying.addLast(slot);
    }

    /** Empties slots that were given back. */
    int poll() {
        int turns = Math.min(emptying.size(), SWEPT_A_TURN);
        int freed = 0;
        for (int i = 0; i < turns; i++) {
            Slot slot = emptying.pollFirst();
            if (slot.cgroup.sweep() == 0) {
                slot.cgroup.reset();
                free.addLast(slot);
                freed++;
            } else {
                emptying.addLast(slot);
            }
        }
        return freed;
    }

    /** Whether every slot is free. */
    boolean idle() {
        return free.size() == slots.size();
    }

    /** Removes all slots that are free, and the agent's folder when none is left. */
    void removeAll() {
        List<Slot> removed = new ArrayList<>(free);
        free.clear();
        for (Slot slot : removed) {
            slot.cgroup.remove();
            slots.remove(slot.number);
        }
        cgroups.removeFolder();
    }

    void close() {
        slots.values().forEach(slot -> slot.cgroup.close());
    }

    private Slot slot(int number) {
        Slot slot = new Slot(number, cgroups.open(number));
        slots.put(number, slot);
        return slot;
    }

    private int unusedNumber() {
        while (slots.containsKey(nextNumber)) {
            nextNumber++;
        }
        return nextNumber++;
    }
}
