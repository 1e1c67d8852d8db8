package io.kernos.isolation;

import io.kernos.linux.Errno;
import io.kernos.linux.LinuxException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.agrona.collections.Int2ObjectHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Control groups that are made once and used again, for making and removing one costs as much as a whole container.
 * <p>
 * A slot is free, taken, or being emptied: whatever still runs in a slot that was given back is killed, and the slot is
 * free again when it was seen empty. Used by one thread.
 */
final class CgroupPool {
    private static final Logger LOGGER = LoggerFactory.getLogger(CgroupPool.class);
    private static final int SWEPT_A_TURN = 8;

    /** One control group, with what a container in it is told from the one before by. */
    static final class Slot {
        final int number;
        final Cgroup cgroup;
        long memoryBytes = -1;
        long oomKillsBefore;
        boolean isTroubled;

        Slot(int number, Cgroup cgroup) {
            this.number = number;
            this.cgroup = cgroup;
        }

        /** Not known, and so not told, when somebody else removed the group. */
        boolean oomKilled() {
            try {
                return (int) cgroup.oomKills() != (int) oomKillsBefore;
            } catch (LinuxException e) {
                return false;
            }
        }
    }

    private final Cgroups cgroups;
    private final Int2ObjectHashMap<Slot> slots = new Int2ObjectHashMap<>();
    private final ArrayDeque<Slot> free = new ArrayDeque<>();
    private final ArrayDeque<Slot> emptying = new ArrayDeque<>();
    /** Slots that are not used again, for their counters could not be reset: still to be removed. */
    private final ArrayDeque<Slot> spoiled = new ArrayDeque<>();
    /** Slots of lost containers, still held: emptied, and left to their containers. */
    private final ArrayDeque<Slot> lost = new ArrayDeque<>();
    /** Slots that a recovery waits for. */
    private final Set<Slot> awaited = new HashSet<>();
    /** Numbers of groups that an earlier run left: containers may be in them, so they are let be until adopted. */
    private final Set<Integer> left = new HashSet<>();

    private int nextNumber;

    CgroupPool(Cgroups cgroups) {
        this.cgroups = cgroups;
        left.addAll(cgroups.existing());
    }

    Cgroups cgroups() {
        return cgroups;
    }

    /** How many slots there are that may be used. */
    int size() {
        return slots.size() - spoiled.size();
    }

    int freeCount() {
        return free.size();
    }

    /** Takes the slots that an earlier run left; those not held by a container are emptied and used again. */
    void adopt(Set<Integer> held) {
        left.clear();
        for (int number : cgroups.existing()) {
            if (!slots.containsKey(number)) {
                Slot slot = slot(number);
                if (!held.contains(number)) {
                    emptying.add(slot);
                }
            }
        }
    }

    /**
     * Begins to wait until nothing runs in the slots that are being emptied now and in those of lost containers, whose
     * slots stay theirs.
     */
    void await(Collection<Slot> heldByLost) {
        stopWaiting();
        lost.addAll(heldByLost);
        awaited.addAll(emptying);
        awaited.addAll(heldByLost);
    }

    /** Whether some slot that is waited for was not seen empty yet. */
    boolean waits() {
        return !awaited.isEmpty();
    }

    /** Numbers of the slots that are waited for, for the log. */
    String describeAwaited() {
        return awaited.stream().map(slot -> slot.number).sorted().toList().toString();
    }

    void stopWaiting() {
        lost.clear();
        awaited.clear();
    }

    /** Makes slots until so many are there. */
    void prepare(int count) {
        while (size() < count) {
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
        for (Slot slot = freeLike(memoryBytes); slot != null; slot = freeLike(memoryBytes)) {
            LinuxException refusal = limit(slot, cpusMilli, memoryBytes, pidsMax);
            if (refusal == null) {
                return slot;
            }
            if (!vanished(refusal) && refusal.errno() != Errno.EBUSY) {
                throw refusal;
            }
        }
        Slot slot = slot(unusedNumber());
        LinuxException refusal = limit(slot, cpusMilli, memoryBytes, pidsMax);
        if (refusal != null) {
            throw refusal;
        }
        return slot;
    }

    /**
     * Null when the limits are set, else why not: the group was removed by somebody else, and is forgotten; or what
     * the task before left in memory is more than the new limit and cannot be written out at once (EBUSY); or else.
     */
    private LinuxException limit(Slot slot, long cpusMilli, long memoryBytes, long pidsMax) {
        try {
            slot.cgroup.limit(cpusMilli, memoryBytes, pidsMax);
            slot.memoryBytes = memoryBytes;
            slot.oomKillsBefore = slot.cgroup.oomKills();
            return null;
        } catch (LinuxException e) {
            if (vanished(e)) {
                discard(slot);
            } else {
                giveBack(slot);
            }
            return e;
        }
    }

    private static boolean vanished(LinuxException e) {
        return e.errno() == Errno.ENODEV || e.errno() == Errno.ENOENT;
    }

    /** A group that vanished from one hierarchy may still be in another. */
    private void discard(Slot slot) {
        if (slot.cgroup.remove()) {
            slots.remove(slot.number);
        } else {
            spoiled.addLast(slot);
        }
    }

    /** Lowering a memory limit may have to write pages out, so a slot of the same limit is looked for a little. */
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

    /**
     * Gives a slot back in which nothing is left but the supervisor's nest, waiting for the next container. One that
     * cannot be used again is kept until all are removed.
     */
    void giveBackEmpty(Slot slot) {
        try {
            slot.cgroup.reset();
            free.addLast(slot);
        } catch (RuntimeException e) {
            LOGGER.warn("control group {} is not used again: {}", slot.number, e.getMessage());
            spoiled.addLast(slot);
        }
    }

    /** Empties slots that were given back, and those of lost containers that are waited for. */
    int poll() {
        return pollEmptying() + pollLost();
    }

    private int pollLost() {
        int turns = Math.min(lost.size(), SWEPT_A_TURN);
        int emptied = 0;
        for (int i = 0; i < turns; i++) {
            Slot slot = lost.pollFirst();
            // One that was given back meanwhile may be another's by now.
            if (awaited.contains(slot) && !emptied(slot)) {
                lost.addLast(slot);
            } else {
                emptied++;
            }
        }
        return emptied;
    }

    private int pollEmptying() {
        int turns = Math.min(emptying.size(), SWEPT_A_TURN);
        int freed = 0;
        for (int i = 0; i < turns; i++) {
            Slot slot = emptying.pollFirst();
            if (emptied(slot)) {
                giveBackEmpty(slot);
                freed++;
            } else {
                emptying.addLast(slot);
            }
        }
        return freed;
    }

    private boolean emptied(Slot slot) {
        boolean empty = swept(slot);
        if (empty) {
            awaited.remove(slot);
        }
        return empty;
    }

    private static boolean swept(Slot slot) {
        try {
            return slot.cgroup.sweep() == 0;
        } catch (LinuxException e) {
            return vanished(e);
        } catch (RuntimeException e) {
            if (!slot.isTroubled) {
                slot.isTroubled = true;
                LOGGER.warn("control group {} could not be swept; it is tried again", slot.number, e);
            }
            return false;
        }
    }

    /** Has all slots that nothing uses emptied, of nests too, before they are removed. */
    void emptyAll() {
        emptying.addAll(free);
        emptying.addAll(spoiled);
        free.clear();
        spoiled.clear();
    }

    /**
     * Removes all slots that are free or cannot be used again, and the agent's folder when none is left.
     *
     * @return false when something is left, to be tried again.
     */
    boolean removeAll() {
        removeAll(free);
        removeAll(spoiled);
        if (slots.isEmpty()) {
            cgroups.removeFolder();
        }
        return slots.isEmpty();
    }

    private void removeAll(ArrayDeque<Slot> unused) {
        for (int left = unused.size(); left > 0; left--) {
            Slot slot = unused.pollFirst();
            if (slot.cgroup.remove()) {
                slots.remove(slot.number);
            } else {
                unused.addLast(slot);
            }
        }
    }

    /** Numbers of the slots, for the log. */
    String describe() {
        StringBuilder text = new StringBuilder();
        slots.values().forEach(slot -> text.append(' ').append(slot.number));
        return text + " (free " + free.size() + ", emptying " + emptying.size() + ", spoiled " + spoiled.size() + ")";
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
        while (slots.containsKey(nextNumber) || left.contains(nextNumber)) {
            nextNumber++;
        }
        return nextNumber++;
    }
}
