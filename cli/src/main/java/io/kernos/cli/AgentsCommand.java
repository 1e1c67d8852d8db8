package io.kernos.cli;

import io.kernos.master.store.AgentView;
import io.kernos.transport.ResourceKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists agents. */
@Command(
        name = "agents",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  kernos agents --json"},
        sortOptions = false,
        description = "List agents, and what of their resources is used (used/total).")
final class AgentsCommand implements Callable<Integer> {
    @Mixin
    private ListingOptions options;

    @Override
    public Integer call() {
        return options.list(store -> store.agents().items(), AgentsCommand::listing);
    }

    private static Listing<AgentView> listing() {
        return new Listing<AgentView>()
                .number("AGENT", AgentView::agentId)
                .column("HOST", AgentView::hostname)
                .column("STATE", AgentView::state)
                .number("TASKS", AgentView::liveTaskCount)
                .number("CPUS", agent -> usedOfTotal(agent, ResourceKind.CPUS, Quantities::cpus))
                .number("MEM", agent -> usedOfTotal(agent, ResourceKind.MEMORY, Quantities::bytes))
                .number("DISK", agent -> usedOfTotal(agent, ResourceKind.DISK, Quantities::bytes))
                .column("ISOLATION", agent -> agent.attributes().getOrDefault("isolation", "?"))
                .field("agentId", AgentView::agentId)
                .field("hostname", AgentView::hostname)
                .field("state", AgentView::state)
                .field("liveTaskCount", AgentView::liveTaskCount)
                .field("registeredMs", AgentView::registeredMs)
                .field("removeAtMs", AgentView::removeAtMs)
                .field("resources", AgentsCommand::resources)
                .field("attributes", AgentView::attributes)
                .field("sandboxChannel", AgentView::sandboxChannel);
    }

    private static String usedOfTotal(AgentView agent, int kind, LongFunction<String> text) {
        return agent.amounts().stream()
                .filter(amount -> amount.kind() == kind)
                .findFirst()
                .map(amount -> text.apply(amount.used()) + "/" + text.apply(amount.total()))
                .orElse("-");
    }

    private static Map<String, Object> resources(AgentView agent) {
        Map<String, Object> resources = new LinkedHashMap<>();
        for (AgentView.Amount amount : agent.amounts()) {
            Map<String, Object> parts = new LinkedHashMap<>();
            parts.put("total", amount.total());
            parts.put("used", amount.used());
            parts.put("offered", amount.offered());
            resources.put(ResourceKind.scalarName(amount.kind()), parts);
        }
        return resources;
    }
}
