package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that the tasks of groups are counted by group and by agent alike, and that no pass has left a mark. */
final class GroupVerifier {
    private final AgentTable agents;
    private final GroupTable groups;
    private int[] tasksOn = new int[0];

    GroupVerifier(Parts parts) {
        agents = parts.agents;
        groups = parts.groups;
    }

    void verify() {
        tasksOn = new int[agents.bound()];
        groups.forEach(this::count);
        for (int agent = 0; agent < agents.bound(); agent++) {
            require(groups.tasksOn(agent) == tasksOn[agent], "tasks of groups are counted on agent", agent);
        }
        require(groups.tasksOn(agents.bound()) == 0, "no tasks of groups are where no agent is", agents.bound());
        require(!groups.isInPass(), "placements of a pass are forgotten at its end", 0);
    }

    private void count(int group, int agent, int tasks) {
        require(tasks > 0, "a group that is counted runs", group);
        require(group != GroupTable.NONE, "tasks are counted of groups only, on agent", agent);
        require(agents.isKnown(agent), "a group runs on agents only", agent);
        tasksOn[agent] += tasks;
    }
}
