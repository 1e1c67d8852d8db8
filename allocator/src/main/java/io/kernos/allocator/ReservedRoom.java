package io.kernos.allocator;

/**
 * The room that is reserved for one demand, the head: from when on, and for how many of its tasks on which agents. All
 * others may have there only what they will have given back by then, or what the head does not need.
 */
final class ReservedRoom {
    static final int NONE = -1;

    private final AgentTable agents;
    private final ShapeTable shapes;
    private final RunEnds ends;
    private final RangeSet withheld = new RangeSet();
    private final long[] ending = new long[ResourceKinds.MAX_SCALARS];
    private int head = NONE;
    private int shape = NONE;
    private long startMs;
    private long nowMs;
    private int[] tasksOn = new int[0];
    private int[] where = new int[0];
    private int[] planned = new int[0];
    private int[] plannedTasks = new int[0];
    private int size;
    private int plannedSize;

    ReservedRoom(AgentTable agents, ShapeTable shapes, RunEnds ends) {
        this.agents = agents;
        this.shapes = shapes;
        this.ends = ends;
    }

    /** Whether any room is reserved. */
    boolean isAny() {
        return size > 0;
    }

    /** The demand for which room is reserved, or NONE. */
    int head() {
        return head;
    }

    /** The shape of the head. */
    int shape() {
        return shape;
    }

    /** When the head is expected to start; not after now where it fits now. */
    long startMs() {
        return startMs;
    }

    /** On how many agents room is reserved. */
    int size() {
        return size;
    }

    /** An agent on which room is reserved; they ascend. */
    int agent(int at) {
        return where[at];
    }

    /** For how many tasks of the head room is reserved on an agent. */
    int tasksOn(int agent) {
        return agent < tasksOn.length ? tasksOn[agent] : 0;
    }

    /** Says what time it is. */
    void now(long nowMs) {
        this.nowMs = nowMs;
    }

    long nowMs() {
        return nowMs;
    }

    /** Whether it is from now on. */
    boolean isFromNow() {
        return startMs <= nowMs;
    }

    void beginPlan() {
        plannedSize = 0;
    }

    /** Plans room for tasks on an agent, which is higher than those before. */
    void plan(int agent, int tasks) {
        planned = Columns.grow(planned, plannedSize + 1);
        plannedTasks = Columns.grow(plannedTasks, plannedSize + 1);
        planned[plannedSize] = agent;
        plannedTasks[plannedSize++] = tasks;
    }

    /** Reserves what was planned instead of what was reserved; returns whether that is anything else. */
    boolean adopt(int head, int shape, long startMs) {
        boolean isSameTime = startMs == this.startMs || (isFromNow() && startMs <= nowMs);
        if (head == this.head && shape == this.shape && isSameTime && isAsPlanned()) {
            this.startMs = startMs;
            return false;
        }
        clear();
        this.head = head;
        this.shape = shape;
        this.startMs = startMs;
        for (int at = 0; at < plannedSize; at++) {
            where = Columns.grow(where, size + 1);
            where[size++] = planned[at];
            tasksOn = Columns.grow(tasksOn, planned[at] + 1);
            tasksOn[planned[at]] = plannedTasks[at];
            mark(planned[at]);
        }
        return true;
    }

    /** Reserves nothing any more; returns whether anything was reserved. */
    boolean clear() {
        boolean wasAny = size > 0;
        for (int at = 0; at < size; at++) {
            tasksOn[where[at]] = 0;
            mark(where[at]);
        }
        size = 0;
        head = NONE;
        shape = NONE;
        return wasAny;
    }

    /** Forgets an agent that goes. */
    void forget(int agent) {
        if (tasksOn(agent) > 0) {
            tasksOn[agent] = 0;
            int at = 0;
            while (where[at] != agent) {
                at++;
            }
            size--;
            System.arraycopy(where, at + 1, where, at, size - at);
            head = size == 0 ? NONE : head;
            shape = size == 0 ? NONE : shape;
        }
    }

    /** How many tasks of a shape may go to an agent, as far as the reservation is concerned. */
    long most(int shape, int agent) {
        if (tasksOn(agent) == 0 || shape == this.shape || endsInTime(shape)) {
            return Long.MAX_VALUE;
        }
        Resources task = shapes.perTask(shape);
        Resources needed = shapes.perTask(this.shape);
        long most = Long.MAX_VALUE;
        ends.sumScalars(agent, startMs, ending);
        for (int kind = 0; kind < task.scalarKinds(); kind++) {
            if (task.scalar(kind) > 0 && needed.scalar(kind) > 0) {
                most = Math.min(most, spare(agent, kind) / task.scalar(kind));
            }
        }
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            long numbers = shapes.numbers(shape, kind);
            if (numbers > 0 && shapes.wanted(this.shape, kind) > 0) {
                most = Math.min(most, spareNumbers(agent, kind) / numbers);
            }
        }
        return most;
    }

    /** Whether a task of a shape may go to an agent, as far as the reservation is concerned. */
    boolean admits(int shape, int agent) {
        return size == 0 || most(shape, agent) > 0;
    }

    /** Whether tasks may have to leave an agent for one of a shape. */
    boolean mayClaim(int shape, int agent) {
        return tasksOn(agent) == 0 || shape == this.shape;
    }

    /** Whether a task of a shape that begins now will have ended when the head is expected to start. */
    boolean endsInTime(int shape) {
        long durationMs = shapes.durationMs(shape);
        return durationMs > 0 && durationMs <= startMs - nowMs;
    }

    /** Takes out of what is plain and free on an agent what the head needs: nobody says when an offer ends. */
    void withhold(int agent, Resources granted) {
        if (tasksOn(agent) == 0) {
            return;
        }
        Resources needed = shapes.perTask(shape);
        ends.sumScalars(agent, startMs, ending);
        for (int kind = 0; kind < needed.scalarKinds(); kind++) {
            if (needed.scalar(kind) > 0) {
                granted.scalar(kind, Math.min(granted.scalar(kind), spare(agent, kind)));
            }
        }
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            if (shapes.wanted(shape, kind) > 0 && granted.hasRange(kind)) {
                withholdNumbers(agent, kind, granted.range(kind));
            }
        }
    }

    private void withholdNumbers(int agent, int kind, RangeSet granted) {
        withheld.clear();
        granted.copyLowestMissing(Math.max(0, granted.count() - spareNumbers(agent, kind)), withheld);
        granted.removeAll(withheld);
    }

    /** What of a kind will be free on an agent that the head does not need; what is ending must be summed. */
    private long spare(int agent, int kind) {
        long needed = tasksOn(agent) * shapes.perTask(shape).scalar(kind);
        return Math.max(0, agents.free(agent, kind) + ending[kind] - needed);
    }

    private long spareNumbers(int agent, int kind) {
        long needed = (long) tasksOn(agent) * shapes.wanted(shape, kind);
        return Math.max(0, agents.freeNumbers(agent, kind) + ends.numbers(agent, startMs, kind) - needed);
    }

    private boolean isAsPlanned() {
        boolean isSame = size == plannedSize;
        for (int at = 0; isSame && at < size; at++) {
            isSame = where[at] == planned[at] && tasksOn[where[at]] == plannedTasks[at];
        }
        return isSame;
    }

    /** Others may have more or less there now. */
    private void mark(int agent) {
        agents.watch().touch(agent);
        agents.markChanged(agent);
    }
}
