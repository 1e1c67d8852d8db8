package io.kernos.allocator;

/**
 * The distinct needs of demands. Demands that want the same of an agent share a shape: what is found out for one of
 * them, such as that no agent has room, holds for all, and is found out once.
 *
 * <p>A shape is <em>live</em> while a demand of it is ready. One that has become live is <em>fresh</em>: it must be
 * tried on all agents. At the end of the pass it is known to fit none but those that change from then on, for as long
 * as it lives; unless a quota kept a demand of it from being tried, which <em>holds</em> it: it is fresh again when a
 * further demand of it is ready, or when some role can get more.
 */
final class ShapeTable {
    static final int NONE = -1;

    private final Suitability suitability;

    private Resources[] perTask = new Resources[0];
    private int[] wanted = new int[0];
    private boolean[] wantsAny = new boolean[0];
    private Alignment[] alignments = new Alignment[0];
    private long[] births = new long[0];
    private int[] near = new int[0];
    private int[] limitedGroups = new int[0];
    private int[] maxPerAgent = new int[0];
    private int[] suitable = new int[0];
    private int[] gangs = new int[0];
    private int[] firstKinds = new int[0];
    private AgentChoice[] choices = new AgentChoice[0];
    private long[] durationsMs = new long[0];
    private boolean[] alone = new boolean[0];
    private int[] demands = new int[0];
    private int[] ready = new int[0];
    private boolean[] fresh = new boolean[0];
    private boolean[] held = new boolean[0];
    private int[] freshShapes = new int[0];
    private int[] hashes = new int[0];
    private int[] next = new int[0];
    private int[] buckets = new int[0];
    private int freshCount;
    private int freeHead = NONE;
    private int size;
    private int live;
    private int nearShapes;
    private long born;
    private int bound;

    ShapeTable(Suitability suitability) {
        this.suitability = suitability;
    }

    /** Every shape is below this. */
    int bound() {
        return bound;
    }

    /** Counts a demand in the shape that wants this, which is made if there is none. */
    int enter(DemandSpec spec) {
        int suited = suitability.enter(spec.constraints());
        int hash = hash(spec, suited);
        int shape = find(hash, spec, suited);
        if (shape == NONE) {
            shape = take();
            if (perTask[shape] == null) {
                perTask[shape] = new Resources();
            }
            perTask[shape].copyFrom(spec.perTask());
            putWanted(shape, spec);
            alignments[shape] = spec.alignment();
            births[shape] = ++born;
            suitable[shape] = suited;
            near[shape] = spec.near();
            nearShapes += spec.near() == GroupTable.NONE ? 0 : 1;
            limitedGroups[shape] = spec.limitedGroup();
            maxPerAgent[shape] = spec.maxPerAgent();
            gangs[shape] = spec.gang();
            firstKinds[shape] = firstKind(spec.perTask());
            choices[shape] = spec.choice();
            durationsMs[shape] = spec.durationMs();
            alone[shape] = false;
            hashes[shape] = hash;
            link(shape);
        }
        demands[shape]++;
        return shape;
    }

    /**
     * Counts a demand in a shape of its own, which wants the same as another; no other demand enters it. Returns that
     * shape, or the other one itself where nobody else has it.
     */
    int enterAlone(int like) {
        if (demands[like] == 1) {
            alone[like] = true;
            return like;
        }
        int shape = take();
        if (perTask[shape] == null) {
            perTask[shape] = new Resources();
        }
        perTask[shape].copyFrom(perTask[like]);
        System.arraycopy(
                wanted,
                like * ResourceKinds.MAX_RANGES,
                wanted,
                shape * ResourceKinds.MAX_RANGES,
                ResourceKinds.MAX_RANGES);
        wantsAny[shape] = wantsAny[like];
        alignments[shape] = alignments[like];
        births[shape] = ++born;
        suitable[shape] = suitable[like];
        suitability.enterLike(suitable[like]);
        near[shape] = near[like];
        nearShapes += near[like] == GroupTable.NONE ? 0 : 1;
        limitedGroups[shape] = limitedGroups[like];
        maxPerAgent[shape] = maxPerAgent[like];
        gangs[shape] = gangs[like];
        firstKinds[shape] = firstKinds[like];
        choices[shape] = choices[like];
        durationsMs[shape] = durationsMs[like];
        alone[shape] = true;
        hashes[shape] = hashes[like];
        link(shape);
        demands[shape]++;
        return shape;
    }

    private void putWanted(int shape, DemandSpec spec) {
        wantsAny[shape] = false;
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            wanted[shape * ResourceKinds.MAX_RANGES + kind] = spec.any(kind);
            wantsAny[shape] |= spec.any(kind) > 0;
        }
    }

    void leave(int shape) {
        suitability.leave(suitable[shape]);
        if (--demands[shape] == 0) {
            unlink(shape);
            nearShapes -= near[shape] == GroupTable.NONE ? 0 : 1;
            next[shape] = freeHead;
            freeHead = shape;
            size--;
        }
    }

    /** A demand of a shape has tasks that may be placed, or no longer. */
    void countReady(int shape, int change) {
        int before = ready[shape];
        ready[shape] = before + change;
        if (before == 0) {
            live++;
            markFresh(shape);
        } else if (held[shape] && change > 0) {
            markFresh(shape);
        } else if (ready[shape] == 0) {
            live--;
        }
    }

    /** Notes that only a quota keeps a shape from agents that it may fit; returns false if that was noted. */
    boolean hold(int shape) {
        boolean isNew = !held[shape];
        held[shape] = true;
        return isNew;
    }

    /** Makes a shape that was held fresh, if it is live. */
    void release(int shape) {
        held[shape] = false;
        if (isLive(shape)) {
            markFresh(shape);
        }
    }

    Resources perTask(int shape) {
        return perTask[shape];
    }

    /** How many numbers of a range kind a task wants, any that are free. */
    int wanted(int shape, int kind) {
        return wanted[shape * ResourceKinds.MAX_RANGES + kind];
    }

    /** How many numbers of a range kind a task has, those that it names and others. */
    long numbers(int shape, int kind) {
        Resources task = perTask[shape];
        return wanted(shape, kind) + (task.hasRange(kind) ? task.range(kind).count() : 0);
    }

    /** How long a task is expected to take, or 0 where that is not known. */
    long durationMs(int shape) {
        return durationsMs[shape];
    }

    /** Whether a task wants any numbers, whichever are free. */
    boolean wantsAny(int shape) {
        return wantsAny[shape];
    }

    /** Whether those numbers are to be of one node of an agent. */
    Alignment alignment(int shape) {
        return alignments[shape];
    }

    /** The constraints on agents, or {@link Suitability#ANY}. */
    int suitable(int shape) {
        return suitable[shape];
    }

    Suitability suitability() {
        return suitability;
    }

    /** The group that must run where a task goes, or {@link GroupTable#NONE}. */
    int near(int shape) {
        return near[shape];
    }

    /** Whether any shape is to go where a group runs. */
    boolean anyNear() {
        return nearShapes > 0;
    }

    /** The group of which only so many tasks may run on one agent, or {@link GroupTable#NONE}. */
    int limitedGroup(int shape) {
        return limitedGroups[shape];
    }

    /** How many tasks of the limited group may run on one agent. */
    int maxPerAgent(int shape) {
        return maxPerAgent[shape];
    }

    /** Tells a shape from others that had its index before. */
    long birth(int shape) {
        return births[shape];
    }

    /** How many tasks are placed at a time or not at all; 1 where each goes by itself. */
    int gang(int shape) {
        return gangs[shape];
    }

    boolean isGang(int shape) {
        return gangs[shape] > 1;
    }

    /** The first scalar kind that a task wants, or NONE. */
    int firstKind(int shape) {
        return firstKinds[shape];
    }

    /** How an agent is chosen; by its index where no scalar kind is wanted. */
    AgentChoice choice(int shape) {
        return firstKinds[shape] == NONE ? AgentChoice.LOWEST : choices[shape];
    }

    /** Whether tasks differ from each other in the numbers that they have. */
    boolean takesNumbers(int shape) {
        return wantsAny(shape) || perTask[shape].hasNumbers();
    }

    /** How many demands have a shape. */
    int demands(int shape) {
        return demands[shape];
    }

    /** How many demands of a shape have tasks that may be placed. */
    int ready(int shape) {
        return ready[shape];
    }

    int live() {
        return live;
    }

    boolean isLive(int shape) {
        return ready[shape] > 0;
    }

    boolean isFresh(int shape) {
        return fresh[shape];
    }

    boolean anyFresh() {
        return freshCount > 0;
    }

    int liveFresh() {
        int count = 0;
        for (int i = 0; i < freshCount; i++) {
            count += isLive(freshShapes[i]) ? 1 : 0;
        }
        return count;
    }

    void clearFresh() {
        for (int i = 0; i < freshCount; i++) {
            fresh[freshShapes[i]] = false;
        }
        freshCount = 0;
    }

    private void markFresh(int shape) {
        if (!fresh[shape]) {
            fresh[shape] = true;
            freshShapes = Columns.grow(freshShapes, freshCount + 1);
            freshShapes[freshCount++] = shape;
        }
    }

    private int find(int hash, DemandSpec spec, int suited) {
        int shape = buckets.length == 0 ? NONE : buckets[hash & (buckets.length - 1)];
        while (shape != NONE && !(hashes[shape] == hash && suitable[shape] == suited && isOf(shape, spec))) {
            shape = next[shape];
        }
        return shape;
    }

    private boolean isOf(int shape, DemandSpec spec) {
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            if (wanted(shape, kind) != spec.any(kind)) {
                return false;
            }
        }
        return !alone[shape]
                && durationsMs[shape] == spec.durationMs()
                && alignments[shape] == spec.alignment()
                && gangs[shape] == spec.gang()
                && near[shape] == spec.near()
                && limitedGroups[shape] == spec.limitedGroup()
                && maxPerAgent[shape] == spec.maxPerAgent()
                && choices[shape] == spec.choice()
                && perTask[shape].equals(spec.perTask());
    }

    private int take() {
        size++;
        if (freeHead != NONE) {
            int shape = freeHead;
            freeHead = next[shape];
            return shape;
        }
        int shape = bound++;
        perTask = Columns.grow(perTask, bound);
        wanted = Columns.grow(wanted, bound * ResourceKinds.MAX_RANGES);
        wantsAny = Columns.grow(wantsAny, bound);
        alignments = Columns.grow(alignments, bound);
        births = Columns.grow(births, bound);
        near = Columns.grow(near, bound);
        limitedGroups = Columns.grow(limitedGroups, bound);
        maxPerAgent = Columns.grow(maxPerAgent, bound);
        suitable = Columns.grow(suitable, bound);
        gangs = Columns.grow(gangs, bound);
        firstKinds = Columns.grow(firstKinds, bound);
        choices = Columns.grow(choices, bound);
        durationsMs = Columns.grow(durationsMs, bound);
        alone = Columns.grow(alone, bound);
        demands = Columns.grow(demands, bound);
        ready = Columns.grow(ready, bound);
        fresh = Columns.grow(fresh, bound);
        held = Columns.grow(held, bound);
        hashes = Columns.grow(hashes, bound);
        next = Columns.grow(next, bound);
        return shape;
    }

    private void link(int shape) {
        if (size > buckets.length) {
            rehash();
        }
        int bucket = hashes[shape] & (buckets.length - 1);
        next[shape] = buckets[bucket];
        buckets[bucket] = shape;
    }

    private void unlink(int shape) {
        int bucket = hashes[shape] & (buckets.length - 1);
        if (buckets[bucket] == shape) {
            buckets[bucket] = next[shape];
            return;
        }
        int before = buckets[bucket];
        while (next[before] != shape) {
            before = next[before];
        }
        next[before] = next[shape];
    }

    /** Makes room for twice as many. */
    private void rehash() {
        buckets = Columns.grow(new int[0], Math.max(2, Integer.highestOneBit(size)) * 2, NONE);
        for (int shape = 0; shape < bound; shape++) {
            if (demands[shape] > 0) {
                int bucket = hashes[shape] & (buckets.length - 1);
                next[shape] = buckets[bucket];
                buckets[bucket] = shape;
            }
        }
    }

    private static int firstKind(Resources task) {
        int kind = 0;
        while (kind < task.scalarKinds() && task.scalar(kind) == 0) {
            kind++;
        }
        return kind < task.scalarKinds() ? kind : NONE;
    }

    private static int hash(DemandSpec spec, int suited) {
        int hash = spec.perTask().hashCode();
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            hash = hash * 31 + spec.any(kind);
        }
        hash = (hash * 31 + spec.choice().ordinal()) * 31 + spec.alignment().ordinal();
        hash = hash * 31 + Long.hashCode(spec.durationMs());
        hash = ((hash * 31 + spec.gang()) * 31 + suited + 7 * spec.limitedGroup() + 5 * spec.near()) * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }
}
