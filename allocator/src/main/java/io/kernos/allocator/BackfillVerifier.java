package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks what is known of ends of tasks, and the room that is reserved by it. */
final class BackfillVerifier {
    private final DemandTable demands;
    private final AgentTable agents;
    private final RunEnds ends;
    private final ReservedRoom room;
    private final Backfill backfill;

    BackfillVerifier(Parts parts) {
        demands = parts.demands;
        agents = parts.agents;
        ends = parts.runEnds;
        room = parts.reservedRoom;
        backfill = parts.backfill;
    }

    void verify() {
        int[] running = new int[demands.bound()];
        int rows = 0;
        for (int agent = 0; agent < agents.bound(); agent++) {
            rows += verifyRows(agent, running);
            require(backfill.isForecastExact(agent), "tasks of the head that will fit are counted on agent", agent);
        }
        require(rows == ends.size(), "all ends of tasks are in order; rows", rows);
        for (int at = 1; at < ends.size(); at++) {
            require(ends.dueMs(ends.at(at - 1)) <= ends.dueMs(ends.at(at)), "ends of tasks ascend at", at);
        }
        int reserved = 0;
        for (int demand = 0; demand < demands.bound(); demand++) {
            require(ends.tasksOf(demand) == running[demand], "tasks that will end are counted for demand", demand);
            reserved += demands.isKnown(demand) && demands.isReserved(demand) ? 1 : 0;
        }
        DemandOrder order = demands.reservedOrder();
        require(order.size() == reserved, "all that are to be reserved for are in order", reserved);
        for (int at = 1; at < order.size(); at++) {
            require(demands.isBefore(order.at(at - 1), order.at(at)), "those to be reserved for are in order", at);
        }
        verifyRoom();
    }

    private int verifyRows(int agent, int[] running) {
        int rows = 0;
        int before = RunEnds.NONE;
        for (int row = ends.first(agent); row != RunEnds.NONE; row = ends.next(row)) {
            int demand = ends.demand(row);
            boolean ascends = before == RunEnds.NONE
                    || ends.endMs(before) < ends.endMs(row)
                    || (ends.endMs(before) == ends.endMs(row) && ends.demand(before) < demand);
            require(ascends, "ends of tasks on an agent ascend", agent);
            require(agents.isKnown(agent) && ends.agent(row) == agent, "tasks that will end are on an agent", agent);
            require(demands.isKnown(demand) && demands.durationMs(demand) > 0, "who ends has a duration", demand);
            require(ends.tasks(row) > 0, "an end that is kept is of tasks", row);
            require(ends.dueMs(row) >= ends.endMs(row), "no task is due before its end", row);
            running[demand] += ends.tasks(row);
            before = row;
            rows++;
        }
        return rows;
    }

    private void verifyRoom() {
        int head = room.head();
        require((head != ReservedRoom.NONE) == room.isAny(), "room is reserved for somebody", head);
        int tasks = 0;
        int agentsWithRoom = 0;
        for (int agent = 0; agent < agents.bound(); agent++) {
            agentsWithRoom += room.tasksOn(agent) > 0 ? 1 : 0;
        }
        require(agentsWithRoom == room.size(), "agents with reserved room are listed", agentsWithRoom);
        for (int at = 0; at < room.size(); at++) {
            require(at == 0 || room.agent(at - 1) < room.agent(at), "agents with reserved room ascend at", at);
            require(agents.isKnown(room.agent(at)), "reserved room is on an agent", room.agent(at));
            tasks += room.tasksOn(room.agent(at));
        }
        if (room.isAny()) {
            require(demands.isReserved(head), "room is reserved for who is to have it", head);
            require(demands.shape(head) == room.shape(), "reserved room is of the head's shape", head);
            require(tasks <= demands.shapes().gang(room.shape()), "no more room is reserved than for a step", tasks);
        }
    }
}
