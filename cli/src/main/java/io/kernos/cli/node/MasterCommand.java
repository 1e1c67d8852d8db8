package io.kernos.cli.node;

import io.kernos.cli.log.LogSetup;
import io.kernos.cli.settings.MasterSettings;
import io.kernos.cli.settings.SettingFlags;
import io.kernos.master.node.MasterContext;
import io.kernos.master.node.MasterNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a master until it is told to end. */
@Command(
        name = "master",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  kernos master --settings /etc/kernos.properties",
            "  kernos master --directory /var/lib/kernos/master",
            "A settings file has lines such as master.memberId = 1: docs/operations.md has an example and all settings."
        },
        sortOptions = false,
        description = "Run a master in the foreground, until SIGTERM or Ctrl-C. Tasks go on without it; its next start"
                + " takes up where it ended.")
public final class MasterCommand implements Callable<Integer> {
    private CommandSpec command;
    private SettingFlags<MasterContext> flags;

    @Mixin
    private StartLine startLine;

    /** For picocli. */
    public MasterCommand() {}

    @Spec
    void command(CommandSpec spec) {
        command = spec;
        flags = SettingFlags.add(MasterSettings.CATALOGUE, spec);
    }

    @Override
    public Integer call() {
        LogSetup.toConsole();
        NativeStub.unpackInto(flags.read().conclude().directory());
        MasterContext context = flags.read();
        LibraryHooks.register();
        return Foreground.run(command, startLine, () -> start(context));
    }

    private static Foreground.Started start(MasterContext context) {
        ShortTimers.setFor(context.idleProfile());
        MasterNode node = MasterNode.launch(context);
        return new Foreground.Started(facts(node.context()), node, () -> !node.isTerminated());
    }

    private static Map<String, Object> facts(MasterContext context) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("member", context.memberId() + " of " + context.members());
        facts.put("masters", context.memberList().ingressEndpoints());
        facts.put("folder", context.directory());
        facts.put("store", context.storeDirectory());
        facts.put("driver", context.transport().aeronDirectory());
        if (context.relayEnabled()) {
            facts.put("relay", context.transport().relayEndpoint());
        }
        facts.put("idle", context.idleProfile());
        facts.put("threading", context.threading());
        return facts;
    }
}
