package io.kernos.allocator;

/**
 * Policy: room is reserved for the <em>head</em>, the first in order of the demands that are to be reserved for. It is
 * a function of the state and the time, found before each pass, and stays as it is while that lasts.
 */
final class Backfill {
    private static final int NONE = -1;

    private final FrameworkTable frameworks;
    private final RoleTable roles;
    private final DemandTable demands;
    private final ShapeTable shapes;
    private final QuotaGate quotaGate;
    private final RunEnds ends;
    private final ReservedRoom room;
    private final GangFit gangFit;
    private final Forecast forecast;

    Backfill(Parts parts) {
        frameworks = parts.frameworks;
        roles = parts.roles;
        demands = parts.demands;
        shapes = demands.shapes();
        quotaGate = parts.quotaGate;
        ends = parts.runEnds;
        room = parts.reservedRoom;
        gangFit = parts.policies.gangFit();
        forecast = new Forecast(parts, new FirstFit(parts));
    }

    /** Says what time it is; returns how many ends of tasks have passed, where that may change what is reserved. */
    int advance(long nowMs) {
        room.now(nowMs);
        return room.isAny() ? ends.advance(nowMs) : 0;
    }

    /** When the next end passes, where that may change what is reserved, or {@link Allocator#NO_DEADLINE}. */
    long nextDeadlineMs() {
        return room.isAny() ? ends.firstMs() : Allocator.NO_DEADLINE;
    }

    /** Brings the reservation up to date; returns whether it has changed, and others may get more or less by that. */
    boolean update() {
        int head = head();
        boolean isOther = room.head() != head && room.clear();
        if (head == NONE) {
            forecast.stop();
            return isOther;
        }
        ends.advance(room.nowMs());
        demands.separate(head);
        return reserve(head, demands.shape(head)) || isOther;
    }

    private boolean reserve(int head, int shape) {
        if (gangFit.hasRoom(shape)) {
            return reserveNow(head, shape);
        }
        long startMs = forecast.find(shape);
        if (startMs == Allocator.NO_DEADLINE) {
            return room.clear();
        }
        boolean mayDiffer = forecast.takeChanged() || room.head() != head || room.isFromNow();
        return mayDiffer && reserveLater(head, shape, startMs);
    }

    /** Whether what is kept of an agent to find the time is what it would be found to be now; for checks. */
    boolean isForecastExact(int agent) {
        return forecast.isExact(agent);
    }

    /** The demand that is to be reserved for, or NONE. */
    private int head() {
        DemandOrder order = demands.reservedOrder();
        int at = 0;
        while (at < order.size() && !mayBeHead(order.at(at))) {
            at++;
        }
        return at < order.size() ? order.at(at) : NONE;
    }

    private boolean mayBeHead(int demand) {
        int framework = demands.framework(demand);
        return demands.suffice(demand, demands.open(demand))
                && frameworks.isActive(framework)
                && isWithinLimits(frameworks.role(framework), demands.shape(demand));
    }

    /** Whether limits leave a role a step of a shape, whatever is kept for others. */
    private boolean isWithinLimits(int role, int shape) {
        Resources task = shapes.perTask(shape);
        for (int each = role; !quotaGate.isOpen() && each != RoleTable.ROOT; each = roles.parent(each)) {
            for (int kind = 0; kind < task.scalarKinds(); kind++) {
                long amount = task.scalar(kind);
                if (amount > 0 && quotaGate.leftByLimit(each, kind) / amount < shapes.gang(shape)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Where a step fits now it is placed in its turn, unless quotas forbid: then nothing is reserved for it. */
    private boolean reserveNow(int head, int shape) {
        int role = frameworks.role(demands.framework(head));
        if (!quotaGate.allows(role, shapes.perTask(shape), shapes.gang(shape))) {
            return room.clear();
        }
        GangTally tally = gangFit.tallyOf(shape);
        room.beginPlan();
        int left = shapes.gang(shape);
        for (int agent = 0; left > 0; agent++) {
            left -= plan(agent, Math.min(left, tally.tasksOn(agent)));
        }
        return room.adopt(head, shape, room.nowMs());
    }

    private boolean reserveLater(int head, int shape, long startMs) {
        room.beginPlan();
        int left = shapes.gang(shape);
        IndexSet fitting = forecast.fitting();
        for (int agent = fitting.next(0); left > 0; agent = fitting.next(agent + 1)) {
            left -= plan(agent, Math.min(left, forecast.tasksOn(agent)));
        }
        return room.adopt(head, shape, startMs);
    }

    private int plan(int agent, int tasks) {
        if (tasks > 0) {
            room.plan(agent, tasks);
        }
        return tasks;
    }
}
