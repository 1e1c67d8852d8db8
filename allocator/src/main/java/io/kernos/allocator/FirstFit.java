package io.kernos.allocator;

/** Policy: a task goes to the agent with the lowest index that it fits, which leaves high agents whole. */
final class FirstFit {
    static final int NONE = -1;

    private final AgentTable agents;
    private final CapacityIndex capacity;
    private final ShapeTable shapes;
    private final Givable givable;
    private final Suitability suitability;
    private final GroupTable groups;
    private final NumberChoice numbers;
    private final ReservedRoom room;

    FirstFit(Parts parts) {
        agents = parts.agents;
        capacity = agents.capacity();
        shapes = parts.demands.shapes();
        givable = parts.givable;
        suitability = parts.suitability;
        groups = parts.groups;
        numbers = parts.numberChoice;
        room = parts.reservedRoom;
    }

    /** The lowest agent from an index on that a task of a shape fits, among all agents. */
    int nextOfAll(int shape, int from) {
        int suitable = shapes.suitable(shape);
        if (suitable != Suitability.ANY && suitability.admitted(suitable).size() < blocks()) {
            return nextOf(suitability.admitted(suitable), shape, from);
        }
        Resources task = shapes.perTask(shape);
        int groups = groups();
        for (int group = from >> CapacityIndex.GROUP_SHIFT; group < groups; group++) {
            if (capacity.groupMayHold(group, task)) {
                int groupStart = group << CapacityIndex.GROUP_SHIFT;
                int found = nextInGroup(shape, task, group, Math.max(from, groupStart));
                if (found != NONE) {
                    return found;
                }
                if (from <= groupStart) {
                    capacity.tightenGroup(group, blocks());
                }
            }
        }
        return NONE;
    }

    /** The lowest agent from an index on that a task of a shape fits, among some agents. */
    int nextOf(IndexSet candidates, int shape, int from) {
        int agent = candidates.next(from);
        while (agent >= 0 && !fits(shape, agent)) {
            agent = candidates.next(agent + 1);
        }
        return agent;
    }

    boolean fits(int shape, int agent) {
        return isFree(shape, agent) && room.admits(shape, agent);
    }

    /** Whether all that a task of a shape needs is free on an agent, if perhaps reserved for another. */
    boolean isFree(int shape, int agent) {
        if (!agents.mayGive(agent) || !suitability.admits(shapes.suitable(shape), agent)) {
            return false;
        }
        Resources task = shapes.perTask(shape);
        if (!agents.covers(agent, Account.FREE, task) || (task.hasSpecials() && !givable.covers(agent, task))) {
            return false;
        }
        return groupRoom(shape, agent) != 0 && isNear(shape, agent) && numbers.has(shape, agent);
    }

    /** Whether a task of a shape would fit an agent that may be overcommitted, if enough of the scalars were free. */
    boolean fitsButForAmounts(int shape, int agent) {
        return admits(shape, agent) && groupRoom(shape, agent) != 0 && isNear(shape, agent) && hasNumbers(shape, agent);
    }

    /** Whether an agent that may be overcommitted takes tasks of a shape. */
    boolean admits(int shape, int agent) {
        return agents.isActive(agent) && suitability.admits(shapes.suitable(shape), agent);
    }

    /** Whether all numbers are free that a task of a shape needs, and no agent lacks any. */
    boolean hasNumbers(int shape, int agent) {
        return !agents.lacksNumbers(agent)
                && agents.coversNumbers(agent, shapes.perTask(shape))
                && numbers.has(shape, agent);
    }

    /** Whether an agent takes one more task of a shape than some, if enough of the scalars were free. */
    boolean fitsOneMore(int shape, int agent, int tasks) {
        return fitsButForAmounts(shape, agent)
                && (tasks == 0 || (groupRoom(shape, agent) > tasks && hasNumbersFor(shape, agent, tasks + 1)));
    }

    /** Whether the numbers are free on an agent that so many tasks of a shape need. */
    boolean hasNumbersFor(int shape, int agent, int tasks) {
        int most = shapes.perTask(shape).hasNumbers() ? 1 : numbers.capacity(shape, agent);
        return hasNumbers(shape, agent) && tasks <= most;
    }

    /** Whether the group that a shape is to be near to runs on an agent. */
    boolean isNear(int shape, int agent) {
        int near = shapes.near(shape);
        return near == GroupTable.NONE || groups.ranOn(near, agent);
    }

    /** How many more tasks of the group of a shape may run on an agent. */
    int groupRoom(int shape, int agent) {
        int group = shapes.limitedGroup(shape);
        return group == GroupTable.NONE
                ? Integer.MAX_VALUE
                : Math.max(0, shapes.maxPerAgent(shape) - groups.running(group, agent));
    }

    /** How many tasks of a shape fit an agent, at most a number. */
    int count(int shape, int agent, int most) {
        if (shapes.takesNumbers(shape)) {
            return 1;
        }
        Resources task = shapes.perTask(shape);
        long count = Math.min(most, groupRoom(shape, agent));
        if (room.isAny()) {
            count = Math.min(count, room.most(shape, agent));
        }
        for (int kind = 0; kind < task.scalarKinds(); kind++) {
            if (task.scalar(kind) != 0) {
                count = Math.min(count, agents.free(agent, kind) / task.scalar(kind));
            }
        }
        return (int) (task.hasSpecials() ? givable.count(agent, task, count) : count);
    }

    /** How many tasks of a shape an agent has room for, 0 where it gives nothing. */
    int capacity(int shape, int agent) {
        if (!agents.isKnown(agent) || !fits(shape, agent)) {
            return 0;
        }
        Resources task = shapes.perTask(shape);
        if (task.hasNumbers()) {
            return 1;
        }
        long count = Math.min(groupRoom(shape, agent), room.most(shape, agent));
        for (int kind = 0; kind < task.scalarKinds(); kind++) {
            if (task.scalar(kind) != 0) {
                count = Math.min(count, agents.free(agent, kind) / task.scalar(kind));
            }
        }
        if (task.hasSpecials()) {
            count = givable.count(agent, task, count);
        }
        return (int) Math.min(count, numbers.capacity(shape, agent));
    }

    private int nextInGroup(int shape, Resources task, int group, int from) {
        int shift = CapacityIndex.GROUP_SHIFT - CapacityIndex.BLOCK_SHIFT;
        int end = Math.min(blocks(), (group + 1) << shift);
        for (int block = from >> CapacityIndex.BLOCK_SHIFT; block < end; block++) {
            if (capacity.blockMayHold(block, task)) {
                int blockStart = block << CapacityIndex.BLOCK_SHIFT;
                int found = nextInBlock(shape, block, Math.max(from, blockStart));
                if (found != NONE) {
                    return found;
                }
                if (from <= blockStart) {
                    agents.tightenBlock(block);
                }
            }
        }
        return NONE;
    }

    private int nextInBlock(int shape, int block, int from) {
        int end = Math.min(agents.bound(), (block + 1) << CapacityIndex.BLOCK_SHIFT);
        for (int agent = from; agent < end; agent++) {
            if (fits(shape, agent)) {
                return agent;
            }
        }
        return NONE;
    }

    private int blocks() {
        int blockSize = 1 << CapacityIndex.BLOCK_SHIFT;
        return (agents.bound() + blockSize - 1) >> CapacityIndex.BLOCK_SHIFT;
    }

    private int groups() {
        int groupSize = 1 << CapacityIndex.GROUP_SHIFT;
        return (agents.bound() + groupSize - 1) >> CapacityIndex.GROUP_SHIFT;
    }
}
