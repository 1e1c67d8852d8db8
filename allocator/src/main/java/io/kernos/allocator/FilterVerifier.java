package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that every filter stands between a framework and an agent that are there. */
final class FilterVerifier {
    private final FrameworkTable frameworks;
    private final AgentTable agents;
    private final FilterTable filters;
    private final Givable givable;

    FilterVerifier(Parts parts) {
        frameworks = parts.frameworks;
        agents = parts.agents;
        filters = parts.filters;
        givable = parts.givable;
    }

    void verify() {
        filters.forEach(this::verifyFilter);
    }

    private void verifyFilter(int framework, int agent, Resources refused, long untilMs) {
        require(frameworks.isKnown(framework), "filtering framework is known", framework);
        require(agents.isKnown(agent), "filtered agent is known", agent);
        require(!refused.isEmpty(), "something was refused; the filter ends at", untilMs);
        require(
                !givable.isWithin(framework, agent, refused) || filters.filteredUntilMs(framework, agent) >= untilMs,
                "filter holds until",
                untilMs);
    }
}
