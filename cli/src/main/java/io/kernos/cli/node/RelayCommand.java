package io.kernos.cli.node;

import io.kernos.cli.log.LogSetup;
import io.kernos.cli.settings.RelaySettings;
import io.kernos.cli.settings.SettingFlags;
import io.kernos.master.node.MasterContext;
import io.kernos.master.node.RelayNode;
import io.kernos.master.relay.RelayContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a relay until it is told to end. */
@Command(
        name = "relay",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  kernos relay --settings /etc/kernos.properties",
            "A settings file has lines such as relay.name = east: docs/operations.md has an example and all settings."
        },
        sortOptions = false,
        description =
                "Run a relay in the foreground, until SIGTERM or Ctrl-C: it holds the connections of agents, so that"
                        + " masters hold few. Its agents find another one when it ends.")
public final class RelayCommand implements Callable<Integer> {
    private CommandSpec command;
    private SettingFlags<RelayContext> flags;

    @Mixin
    private StartLine startLine;

    /** For picocli. */
    public RelayCommand() {}

    @Spec
    void command(CommandSpec spec) {
        command = spec;
        flags = SettingFlags.add(RelaySettings.CATALOGUE, spec);
    }

    @Override
    public Integer call() {
        LogSetup.toConsole();
        RelayContext context = flags.read();
        if (context.transport().aeronDirectory() == null) {
            Path place = Path.of("relay", context.transport().relayEndpoint());
            context.transport()
                    .aeronDirectory(MasterContext.aeronDirectoryOf(place).toString());
        }
        return Foreground.run(command, startLine, () -> start(context));
    }

    private static Foreground.Started start(RelayContext context) {
        RelayNode node = RelayNode.launch(context);
        return new Foreground.Started(facts(context), node, () -> true);
    }

    private static Map<String, Object> facts(RelayContext context) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", context.name());
        facts.put("agents", context.transport().relayEndpoint());
        facts.put("masters", context.ingressEndpoints());
        facts.put("driver", context.transport().aeronDirectory());
        facts.put("idle", context.idleProfile());
        return facts;
    }
}
