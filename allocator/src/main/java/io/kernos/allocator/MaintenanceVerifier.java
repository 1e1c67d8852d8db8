package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that all who must be asked to leave an agent are asked, or the agent is due. */
final class MaintenanceVerifier {
    private final FrameworkTable frameworks;
    private final AgentTable agents;
    private final Maintenance maintenance;

    MaintenanceVerifier(Parts parts) {
        frameworks = parts.frameworks;
        agents = parts.agents;
        maintenance = parts.maintenance;
    }

    void verify() {
        AgentHolders holders = maintenance.holders();
        for (int agent = 0; agent < agents.bound(); agent++) {
            boolean isScheduled = maintenance.isScheduled(agent);
            require(!isScheduled || agents.isKnown(agent), "agent with a window is known", agent);
            require(
                    isScheduled || maintenance.offers().firstOfAgent(agent) == InverseOffers.NONE,
                    "nobody was asked to leave an agent without a window",
                    agent);
            for (int holder = holders.first(agent); holder != InverseOffers.NONE; holder = holders.next(holder)) {
                int framework = holders.framework(holder);
                require(frameworks.isKnown(framework), "framework that holds something is known", framework);
                require(
                        !isScheduled || maintenance.isDue(agent) || !maintenance.mustAsk(framework, agent),
                        "who must be asked was asked",
                        framework);
            }
        }
    }
}
