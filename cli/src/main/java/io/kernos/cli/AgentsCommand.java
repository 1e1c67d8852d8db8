package io.kernos.cli;

import io.kernos.master.store.AgentView;
import io.kernos.master.store.StateStore;
import io.kernos.transport.ResourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists agents. */
@Command(
        name = "agents",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "List agents, and what of their resources is used (used/total).")
final class AgentsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        List<AgentView> agents;
        try (StateStore store = cluster.store()) {
            agents = store.agents().items();
        }
        listing().print(spec.commandLine().getOut(), agents, output.json());
        return ExitCodes.OK;
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
