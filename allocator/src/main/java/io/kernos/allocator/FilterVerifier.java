package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that every filter stands between a framework and an agent that are there. */
final class FilterVerifier {
    private final FrameworkTable frameworks;
    private final AgentTable agents;
    private final FilterTable filters;

    FilterVerifier(Parts parts) {
        frameworks = parts.frameworks;
        agents = parts.agents;
        filters = parts.filters;
    }

    void verify() {
        filters.forEach(this::verifyFilter);
    }

    private void verifyFilter(int framework, int agent, long untilMs) {
        require(frameworks.isKnown(framework), "filtering framework is known", framework);
        require(agents.isKnown(agent), "filtered agent is known", agent);
        require(filters.isFiltered(framework, agent), "filter has its bit; it ends at", untilMs);
    }
}
