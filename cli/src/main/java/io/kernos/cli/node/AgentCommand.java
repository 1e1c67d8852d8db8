package io.kernos.cli.node;

import io.kernos.agent.AgentContext;
import io.kernos.agent.AgentNode;
import io.kernos.cli.log.LogSetup;
import io.kernos.cli.settings.AgentSettings;
import io.kernos.cli.settings.SettingFlags;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an agent until it is told to end. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  kernos agent --settings /etc/kernos.properties",
            "  kernos agent --work-directory /var/lib/kernos/agent --user nobody",
            "A settings file has lines such as agent.user = nobody: docs/operations.md has an example and all settings."
        },
        sortOptions = false,
        description =
                "Run an agent in the foreground, until SIGTERM or Ctrl-C. Its tasks go on without it; its next start"
                        + " finds them again.")
public final class AgentCommand implements Callable<Integer> {
    private CommandSpec command;
    private SettingFlags<AgentContext> flags;

    @Option(names = "--end-tasks", description = "End its tasks too when it ends.")
    private boolean endTasks;

    @Mixin
    private StartLine startLine;

    /** For picocli. */
    public AgentCommand() {}

    @Spec
    void command(CommandSpec spec) {
        command = spec;
        flags = SettingFlags.add(AgentSettings.CATALOGUE, spec);
    }

    @Override
    public Integer call() {
        LogSetup.toConsole();
        AgentContext context = flags.read();
        return Foreground.run(command, startLine, () -> start(context));
    }

    private Foreground.Started start(AgentContext context) {
        NativeStub.unpackInto(context.conclude().workDirectory());
        AgentNode node = AgentNode.launch(context);
        return new Foreground.Started(facts(context), () -> node.close(endTasks), node::running);
    }

    private static Map<String, Object> facts(AgentContext context) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("host", context.hostname());
        facts.put("relays", String.join(",", context.relayEndpoints()));
        facts.put("folder", context.workDirectory());
        facts.put("cpusMilli", context.cpusMilli());
        facts.put("memoryBytes", context.memoryBytes());
        facts.put("diskBytes", context.diskBytes());
        facts.put("idle", context.idleProfile());
        return facts;
    }
}
