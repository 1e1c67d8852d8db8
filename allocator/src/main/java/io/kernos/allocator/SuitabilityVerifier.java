package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that the agents which constraints of demands admit are those that the rule says. */
final class SuitabilityVerifier {
    private final AgentTable agents;
    private final Exclusions known;
    private final Suitability suitability;

    SuitabilityVerifier(Parts parts) {
        agents = parts.agents;
        known = parts.exclusions;
        suitability = parts.suitability;
    }

    void verify() {
        for (int index = 0; index < suitability.bound(); index++) {
            for (int agent = 0; suitability.constraints(index) != null && agent < agents.bound(); agent++) {
                boolean admits =
                        agents.isKnown(agent) && suitability.constraints(index).admit(known.info(agent));
                require(admits == suitability.admits(index, agent), "suitable agents are admitted", agent);
            }
        }
    }
}
