package io.kernos.cli.settings;

import io.kernos.master.relay.RelayContext;
import io.kernos.transport.MemberList;
import io.kernos.transport.TransportContext;
import java.util.ArrayList;
import java.util.List;

/** Settings of {@code kernos relay}. */
public final class RelaySettings {
    /** All of them. */
    public static final Catalogue<RelayContext> CATALOGUE = new Catalogue<>("relay", RelaySettings::fresh, settings());

    private static final int MAX_AGENTS = 65_536;

    private RelaySettings() {}

    private static RelayContext fresh() {
        return new RelayContext()
                .ingressEndpoints(MemberList.of("members", MemberList.DEFAULT).ingressEndpoints())
                .transport(new TransportContext().aeronDirectory(null));
    }

    private static List<Setting<RelayContext>> settings() {
        List<Setting<RelayContext>> settings = new ArrayList<>();
        settings.add(Setting.of(
                "name",
                ValueTypes.text(),
                RelayContext::name,
                RelayContext::name,
                "What the relay is called in the master's records"));
        settings.add(Setting.of(
                "members",
                ValueTypes.members(),
                RelayContext::ingressEndpoints,
                (context, value) ->
                        context.ingressEndpoints(MemberList.of("members", value).ingressEndpoints()),
                "The masters of the cluster, as they have it themselves",
                MemberList.DEFAULT));
        settings.add(Catalogues.idleProfile(RelayContext::idleProfile, RelayContext::idleProfile));
        settings.addAll(Catalogues.transport(RelayContext::transport, "one in /dev/shm, by the endpoint"));
        settings.add(Setting.of(
                "maxAgents",
                ValueTypes.count(1, MAX_AGENTS),
                context -> (long) context.maxAgents(),
                (context, value) -> context.maxAgents(value.intValue()),
                "Most agents at one time; others are refused"));
        settings.add(Setting.of(
                "maxQueueBytes",
                ValueTypes.powerOfTwo(64 * 1024, 1 << 30),
                context -> (long) context.maxQueueBytes(),
                (context, value) -> context.maxQueueBytes(value.intValue()),
                "What may wait for one agent, or for the master, that takes nothing"));
        settings.add(Setting.of(
                "sessionTimeoutMs",
                ValueTypes.durationMs(100),
                RelayContext::sessionTimeoutMs,
                RelayContext::sessionTimeoutMs,
                "How long the relay waits for a master before it looks for another"));
        return settings;
    }
}
