package io.kernos.allocator;

/**
 * When a step of a demand will fit, by the expected ends of what runs: the first of these ends after which there is
 * room for it, were nothing else to begin. How many tasks fit each agent then is kept, and brought up to date by what
 * has changed; the time is moved from one end to the next or the one before until it is the first.
 */
final class Forecast {
    private static final int NO_SHAPE = -1;

    private final AgentTable agents;
    private final ShapeTable shapes;
    private final RunEnds ends;
    private final FirstFit firstFit;
    private final GangTally tally = new GangTally();
    private final IndexSet fitting = new IndexSet();
    private final long[] ending = new long[ResourceKinds.MAX_SCALARS];
    private int shape = NO_SHAPE;
    private long startMs;
    private boolean changed;

    Forecast(Parts parts, FirstFit firstFit) {
        agents = parts.agents;
        shapes = parts.demands.shapes();
        ends = parts.runEnds;
        this.firstFit = firstFit;
    }

    /** Finds when a step of a shape will fit; {@link Allocator#NO_DEADLINE} where that is not known. */
    long find(int shape) {
        if (this.shape != shape || tally.birth() != shapes.birth(shape)) {
            begin(shape);
        }
        if (!tally.stale().isEmpty()) {
            changed = true;
            recount();
            settle();
        }
        return startMs;
    }

    /** Whether anything may be other than when this was last asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Agents that then have room for a task. */
    IndexSet fitting() {
        return fitting;
    }

    /** How many tasks then fit an agent, no more than make a step. */
    int tasksOn(int agent) {
        return tally.tasksOn(agent);
    }

    /** Whether the tasks that will fit an agent are counted right, or are to be counted again. */
    boolean isExact(int agent) {
        boolean isCurrent = shape != NO_SHAPE && tally.birth() == shapes.birth(shape) && shapes.isLive(shape);
        return !isCurrent || tally.stale().contains(agent) || tally.tasksOn(agent) == capacity(agent);
    }

    /** Keeps nothing any more. */
    void stop() {
        if (shape != NO_SHAPE) {
            shape = NO_SHAPE;
            agents.watch().remove(tally.stale());
        }
    }

    private void begin(int shape) {
        stop();
        this.shape = shape;
        tally.begin(shape, shapes.birth(shape));
        fitting.clear();
        for (int agent = 0; agent < agents.bound(); agent++) {
            tally.stale().add(agent);
        }
        agents.watch().add(tally.stale());
        startMs = ends.firstMs();
        changed = true;
        recount();
        settle();
    }

    private void recount() {
        IndexSet stale = tally.stale();
        for (int agent = stale.next(0); agent >= 0; agent = stale.next(agent + 1)) {
            count(agent);
        }
        stale.clear();
    }

    /** Moves to the first end after which there is room, or beyond all of them. */
    private void settle() {
        int upTo = ends.countUpTo(startMs);
        if (upTo == 0) {
            moveOn(0);
        } else {
            startMs = ends.dueMs(ends.at(upTo - 1));
        }
        while (startMs != Allocator.NO_DEADLINE && !hasRoom()) {
            moveOn(ends.countUpTo(startMs));
        }
        boolean mayBeEarlier = startMs != Allocator.NO_DEADLINE;
        while (mayBeEarlier) {
            mayBeEarlier = moveBack();
        }
    }

    private boolean hasRoom() {
        return tally.tasks() >= shapes.gang(shape);
    }

    /** Moves to when the row at a position is due, the first that is not yet counted. */
    private void moveOn(int position) {
        if (position == ends.size()) {
            startMs = Allocator.NO_DEADLINE;
            return;
        }
        startMs = ends.dueMs(ends.at(position));
        countFrom(position, startMs);
    }

    /** Moves to the end before, if there is room after that too. */
    private boolean moveBack() {
        int first = ends.countUpTo(startMs - 1);
        if (first == 0) {
            return false;
        }
        long laterMs = startMs;
        startMs = ends.dueMs(ends.at(first - 1));
        countFrom(first, laterMs);
        if (!hasRoom()) {
            startMs = laterMs;
            countFrom(first, laterMs);
            return false;
        }
        return true;
    }

    /** Counts the agents of the rows again that are due at a time, the first of which is at a position. */
    private void countFrom(int position, long dueMs) {
        for (int at = position; at < ends.size() && ends.dueMs(ends.at(at)) == dueMs; at++) {
            count(ends.agent(ends.at(at)));
        }
    }

    private void count(int agent) {
        int tasks = capacity(agent);
        tally.count(agent, tasks);
        if (tasks > 0) {
            fitting.add(agent);
        } else {
            fitting.remove(agent);
        }
    }

    private int capacity(int agent) {
        boolean mayTake = agents.isKnown(agent)
                && firstFit.admits(shape, agent)
                && firstFit.isNear(shape, agent)
                && !agents.lacksNumbers(agent);
        if (!mayTake) {
            return 0;
        }
        long most = Math.min(shapes.gang(shape), firstFit.groupRoom(shape, agent));
        Resources task = shapes.perTask(shape);
        ends.sumScalars(agent, startMs, ending);
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long there = agents.free(agent, kind) + ending[kind];
            if (there < 0) {
                return 0;
            }
            most = task.scalar(kind) == 0 ? most : Math.min(most, there / task.scalar(kind));
        }
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            int wanted = shapes.wanted(shape, kind);
            if (wanted > 0) {
                long there = agents.freeNumbers(agent, kind) + ends.numbers(agent, startMs, kind);
                most = Math.min(most, there / wanted);
            }
        }
        return (int) most;
    }
}
