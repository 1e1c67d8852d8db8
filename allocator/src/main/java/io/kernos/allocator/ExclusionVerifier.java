package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that the kept answers are what the rule says. */
final class ExclusionVerifier {
    private final FrameworkTable frameworks;
    private final AgentTable agents;
    private final Exclusions exclusions;

    ExclusionVerifier(Parts parts) {
        frameworks = parts.frameworks;
        agents = parts.agents;
        exclusions = parts.exclusions;
    }

    void verify() {
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            require(
                    frameworks.isKnown(framework) || exclusions.constraints(framework) == null,
                    "constrained framework is known",
                    framework);
        }
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent)) {
                verifyKnown(agent);
            } else {
                verifyUnknown(agent);
            }
        }
    }

    private void verifyKnown(int agent) {
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            boolean isAdmitted = !frameworks.isKnown(framework) || exclusions.admitsByRule(framework, agent);
            require(isAdmitted == exclusions.admits(framework, agent), "agent is excluded by rule", agent);
        }
    }

    private void verifyUnknown(int agent) {
        for (int word = 0; word < exclusions.rows().width(); word++) {
            require(exclusions.rows().word(agent, word) == 0, "unknown agent is excluded from nobody", agent);
        }
    }
}
