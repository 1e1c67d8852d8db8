package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks the sums that are kept for gangs against what fits each agent. */
final class GangVerifier {
    private final AgentTable agents;
    private final GangFit gangFit;
    private final FirstFit firstFit;
    private final ReservedRoom room;

    GangVerifier(Parts parts) {
        agents = parts.agents;
        gangFit = parts.policies.gangFit();
        firstFit = new FirstFit(parts);
        room = parts.reservedRoom;
    }

    void verify() {
        for (int i = 0; i < gangFit.tallies(); i++) {
            if (gangFit.isCurrent(i)) {
                verify(gangFit.tally(i));
            }
        }
    }

    private void verify(GangTally tally) {
        long sum = 0;
        for (int agent = 0; agent < agents.bound(); agent++) {
            sum += tally.tasksOn(agent);
            require(
                    isToBeCounted(tally, agent) || tally.tasksOn(agent) == firstFit.capacity(tally.shape(), agent),
                    "tasks of a shape of gangs that fit are counted on agent",
                    agent);
        }
        require(sum == tally.tasks(), "tasks of a shape of gangs that fit are summed", tally.shape());
    }

    private boolean isToBeCounted(GangTally tally, int agent) {
        boolean isTurned = room.tasksOn(agent) > 0 && tally.isShort() != room.endsInTime(tally.shape());
        return isTurned || tally.stale().contains(agent);
    }
}
