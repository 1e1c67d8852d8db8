package io.kernos.allocator;

/**
 * The demands, those of a framework that have tasks to place linked in the order in which they are served. A demand is
 * ready when it has tasks to place and its framework may get any.
 */
final class DemandTable {
    static final int NONE = -1;

    private final int maxDemands;
    private final Traits traits;
    private int[] frameworks = new int[0];
    private int[] priorities = new int[0];
    private long[] sequences = new long[0];
    private long[] deadlinesMs = new long[0];
    private boolean[] queued = new boolean[0];
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final ShapeTable shapes;
    private int[] shapeOf = new int[0];
    private boolean[] barred = new boolean[0];
    private int[] groups = new int[0];
    private int[] waiting = new int[0];
    private int[] claimed = new int[0];
    private boolean[] preemptible = new boolean[0];
    private boolean[] preempting = new boolean[0];
    private boolean[] reserved = new boolean[0];
    private final DemandOrder preemptors = new DemandOrder(this);
    private final DemandOrder reservedOrder = new DemandOrder(this);
    private int[] next = new int[0];
    private int[] previous = new int[0];
    private int[] heads = new int[0];
    private int[] tails = new int[0];
    private int[] demandsOf = new int[0];
    private boolean[] held = new boolean[0];
    private int waitingDemands;
    private int bound;

    DemandTable(AllocatorContext context, Traits traits, Suitability suitability) {
        shapes = new ShapeTable(suitability);
        this.maxDemands = context.maxDemands();
        this.traits = traits;
    }

    int bound() {
        return bound;
    }

    ShapeTable shapes() {
        return shapes;
    }

    boolean isKnown(int demand) {
        return demand >= 0 && demand < bound && frameworks[demand] != NONE;
    }

    void require(int demand) {
        Checks.state(isKnown(demand), "demandIndex", demand, "be a demand");
    }

    void requireNew(int demand) {
        Checks.index("demandIndex", demand, maxDemands);
        Checks.state(!isKnown(demand), "demandIndex", demand, "not be in use");
    }

    void add(int demand, int framework, DemandSpec spec) {
        ensureRoom(demand, framework);
        frameworks[demand] = framework;
        priorities[demand] = spec.priority();
        groups[demand] = spec.group();
        sequences[demand] = spec.sequence();
        deadlinesMs[demand] = spec.deadlineMs();
        shapeOf[demand] = shapes.enter(spec);
        barred[demand] = false;
        traits.useAllOf(perTask(demand), 1);
        waiting[demand] = 0;
        claimed[demand] = 0;
        preemptible[demand] = spec.isPreemptible();
        preempting[demand] = spec.mayPreempt();
        if (preempting[demand]) {
            preemptors.add(demand);
        }
        reserved[demand] = spec.isReserved();
        if (reserved[demand]) {
            reservedOrder.add(demand);
        }
        demandsOf[framework]++;
    }

    void change(int demand, int tasks) {
        int before = open(demand);
        waiting[demand] += tasks;
        updateDeadline(demand);
        relink(demand, before);
    }

    /** Counts tasks for which resources are being freed, and which wait, but are no longer to be placed otherwise. */
    void claim(int demand, int tasks) {
        int before = open(demand);
        claimed[demand] += tasks;
        relink(demand, before);
    }

    /** A task for which resources were being freed is placed. */
    void placeClaimed(int demand) {
        claimed[demand]--;
        waiting[demand]--;
        updateDeadline(demand);
    }

    /** How many tasks wait for resources that are being freed. */
    int claimed(int demand) {
        return claimed[demand];
    }

    /** How many tasks wait and are to be placed where they fit. */
    int open(int demand) {
        return waiting[demand] - claimed[demand];
    }

    boolean isPreemptible(int demand) {
        return preemptible[demand];
    }

    boolean mayPreempt(int demand) {
        return preempting[demand];
    }

    DemandOrder preemptors() {
        return preemptors;
    }

    /** Whether room is to be reserved for a demand. */
    boolean isReserved(int demand) {
        return reserved[demand];
    }

    /** The demands for which room is to be reserved. */
    DemandOrder reservedOrder() {
        return reservedOrder;
    }

    /** Gives a demand a shape that no other has. */
    void separate(int demand) {
        int before = shapeOf[demand];
        int alone = shapes.enterAlone(before);
        if (alone != before) {
            boolean isReady = suffice(demand, open(demand));
            if (isReady) {
                countReady(demand, -1);
            }
            shapeOf[demand] = alone;
            if (isReady) {
                countReady(demand, 1);
            }
            shapes.leave(before);
        }
    }

    private void relink(int demand, int before) {
        if (!suffice(demand, before) && suffice(demand, open(demand))) {
            link(demand);
            countReady(demand, 1);
            waitingDemands++;
        } else if (suffice(demand, before) && !suffice(demand, open(demand))) {
            unlink(demand);
            countReady(demand, -1);
            waitingDemands--;
        }
    }

    /** Whether so many tasks of a demand are enough to place any. */
    boolean suffice(int demand, int tasks) {
        return tasks >= shapes.gang(shapeOf[demand]);
    }

    /** When the first demand is to be given up, or {@link Allocator#NO_DEADLINE}. */
    long earliestDeadlineMs() {
        return deadlines.earliest();
    }

    /** Takes out a demand of which tasks still wait though its deadline has come, or returns NONE. */
    int takeDue(long nowMs) {
        if (deadlines.earliest() > nowMs) {
            return NONE;
        }
        int demand = deadlines.first();
        if (demand != NONE) {
            deadlines.remove(demand);
            queued[demand] = false;
        }
        return demand;
    }

    private void updateDeadline(int demand) {
        boolean mayExpire = waiting[demand] > 0 && deadlinesMs[demand] != Allocator.NO_DEADLINE;
        if (mayExpire && !queued[demand]) {
            deadlines.add(demand, deadlinesMs[demand]);
        } else if (!mayExpire && queued[demand]) {
            deadlines.remove(demand);
        }
        queued[demand] = mayExpire;
    }

    void remove(int demand) {
        change(demand, -waiting[demand]);
        if (preempting[demand]) {
            preemptors.remove(demand);
        }
        if (reserved[demand]) {
            reservedOrder.remove(demand);
        }
        demandsOf[frameworks[demand]]--;
        traits.useAllOf(perTask(demand), -1);
        shapes.leave(shapeOf[demand]);
        frameworks[demand] = NONE;
    }

    void removeAllOf(int framework) {
        for (int demand = 0; framework < demandsOf.length && demandsOf[framework] > 0; demand++) {
            if (frameworks[demand] == framework) {
                remove(demand);
            }
        }
    }

    /** How many demands a framework has. */
    int demandsOf(int framework) {
        return framework < demandsOf.length ? demandsOf[framework] : 0;
    }

    int framework(int demand) {
        return frameworks[demand];
    }

    /** The group to which the tasks of a demand belong, or {@link GroupTable#NONE}. */
    int group(int demand) {
        return groups[demand];
    }

    int priority(int demand) {
        return priorities[demand];
    }

    long sequence(int demand) {
        return sequences[demand];
    }

    /** What one task of a demand wants of an agent. */
    int shape(int demand) {
        return shapeOf[demand];
    }

    int waiting(int demand) {
        return waiting[demand];
    }

    /** The first demand of a framework with tasks to place, or NONE. */
    int first(int framework) {
        return framework < heads.length ? heads[framework] : NONE;
    }

    int next(int demand) {
        return next[demand];
    }

    int waitingDemands() {
        return waitingDemands;
    }

    /** Says whether the demands of a framework may be served; those of a framework without any are. */
    void hold(int framework, boolean isHeld) {
        held = Columns.grow(held, framework + 1);
        if (held[framework] != isHeld) {
            held[framework] = isHeld;
            int change = isHeld ? -1 : 1;
            for (int demand = first(framework); demand != NONE; demand = next[demand]) {
                if (!barred[demand]) {
                    shapes.countReady(shapeOf[demand], change);
                }
            }
        }
    }

    /** Says whether a demand is for special resources that its framework may not have, and so is not served. */
    void bar(int demand, boolean isBarred) {
        if (barred[demand] != isBarred) {
            int change = isBarred ? -1 : 1;
            barred[demand] = false;
            if (suffice(demand, open(demand))) {
                countReady(demand, change);
            }
            barred[demand] = isBarred;
        }
    }

    boolean isBarred(int demand) {
        return barred[demand];
    }

    /** How long a task is expected to take, or 0 where that is not known. */
    long durationMs(int demand) {
        return shapes.durationMs(shapeOf[demand]);
    }

    /** What one task of a demand needs. */
    Resources perTask(int demand) {
        return shapes.perTask(shapeOf[demand]);
    }

    boolean isHeld(int framework) {
        return framework < held.length && held[framework];
    }

    private void countReady(int demand, int change) {
        if (!isHeld(frameworks[demand]) && !barred[demand]) {
            shapes.countReady(shapeOf[demand], change);
        }
    }

    private void link(int demand) {
        int framework = frameworks[demand];
        int before = placeOf(demand, framework);
        int after = before == NONE ? heads[framework] : next[before];
        previous[demand] = before;
        next[demand] = after;
        if (before == NONE) {
            heads[framework] = demand;
        } else {
            next[before] = demand;
        }
        if (after == NONE) {
            tails[framework] = demand;
        } else {
            previous[after] = demand;
        }
    }

    /** The demand that comes before one that is not linked, or NONE: sought from the end at which its priority is. */
    private int placeOf(int demand, int framework) {
        int before = tails[framework];
        if (before != NONE && priorities[demand] > priorities[before]) {
            int after = heads[framework];
            while (!isBefore(demand, after)) {
                after = next[after];
            }
            return previous[after];
        }
        while (before != NONE && isBefore(demand, before)) {
            before = previous[before];
        }
        return before;
    }

    private void unlink(int demand) {
        int framework = frameworks[demand];
        int before = previous[demand];
        int after = next[demand];
        if (before == NONE) {
            heads[framework] = after;
        } else {
            next[before] = after;
        }
        if (after == NONE) {
            tails[framework] = before;
        } else {
            previous[after] = before;
        }
    }

    /** Whether a demand comes before another of its framework. */
    boolean isBefore(int demand, int other) {
        if (priorities[demand] != priorities[other]) {
            return priorities[demand] > priorities[other];
        }
        return sequences[demand] < sequences[other] || (sequences[demand] == sequences[other] && demand < other);
    }

    private void ensureRoom(int demand, int framework) {
        frameworks = Columns.grow(frameworks, demand + 1, NONE);
        groups = Columns.grow(groups, demand + 1);
        priorities = Columns.grow(priorities, demand + 1);
        sequences = Columns.grow(sequences, demand + 1);
        deadlinesMs = Columns.grow(deadlinesMs, demand + 1);
        queued = Columns.grow(queued, demand + 1);
        shapeOf = Columns.grow(shapeOf, demand + 1);
        barred = Columns.grow(barred, demand + 1);
        waiting = Columns.grow(waiting, demand + 1);
        claimed = Columns.grow(claimed, demand + 1);
        preemptible = Columns.grow(preemptible, demand + 1);
        preempting = Columns.grow(preempting, demand + 1);
        reserved = Columns.grow(reserved, demand + 1);
        next = Columns.grow(next, demand + 1);
        previous = Columns.grow(previous, demand + 1);
        heads = Columns.grow(heads, framework + 1, NONE);
        tails = Columns.grow(tails, framework + 1, NONE);
        demandsOf = Columns.grow(demandsOf, framework + 1);
        bound = Math.max(bound, demand + 1);
    }
}
