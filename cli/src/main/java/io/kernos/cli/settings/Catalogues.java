package io.kernos.cli.settings;

import io.kernos.transport.IdleProfile;
import io.kernos.transport.TransportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The catalogues of all processes. */
public final class Catalogues {
    private static final long MAX_TERM_BYTES = 1L << 30;
    private static final long MIN_TERM_BYTES = 64 * 1024;

    private Catalogues() {}

    /**
     * All of them.
     *
     * @return master, relay and agent.
     */
    public static List<Catalogue<?>> all() {
        return List.of(MasterSettings.CATALOGUE, RelaySettings.CATALOGUE, AgentSettings.CATALOGUE);
    }

    /** Every name that a settings file may have. */
    static Stream<String> keys() {
        return all().stream().flatMap(Catalogues::keys);
    }

    private static <C> Stream<String> keys(Catalogue<C> catalogue) {
        return catalogue.settings().stream().map(catalogue::key);
    }

    /** How the threads of a process idle. */
    static <C> Setting<C> idleProfile(Function<C, IdleProfile> read, BiConsumer<C, IdleProfile> apply) {
        return Setting.of(
                "idleProfile",
                ValueTypes.idleProfile(),
                read,
                apply,
                "How threads wait when there is nothing to do: eco parks, balanced yields under load, spin takes whole"
                        + " cores");
    }

    /** What masters and relays have in common: channels of agents and sessions. */
    static <C> List<Setting<C>> transport(Function<C, TransportContext> of, String aeronStandard) {
        List<Setting<C>> settings = new ArrayList<>();
        settings.add(Setting.<C, String>of(
                "relayEndpoint",
                ValueTypes.endpoint(),
                context -> of.apply(context).relayEndpoint(),
                (context, value) -> of.apply(context).relayEndpoint(value),
                "Where the relay listens for agents"));
        settings.add(Setting.<C, String>of(
                "clientEndpoint",
                ValueTypes.endpoint(),
                context -> of.apply(context).clientEndpoint(),
                (context, value) -> of.apply(context).clientEndpoint(value),
                "Where the relay receives from masters on other machines; port 0: any that is free"));
        settings.add(Setting.<C, String>of(
                "aeronDirectory",
                ValueTypes.folderName(),
                context -> of.apply(context).aeronDirectory(),
                (context, value) -> of.apply(context).aeronDirectory(value),
                "Folder of the media driver's buffers, in shared memory",
                aeronStandard));
        settings.add(Setting.<C, Long>of(
                "agentTermBytes",
                ValueTypes.powerOfTwo(4 * MIN_TERM_BYTES, MAX_TERM_BYTES),
                context -> (long) of.apply(context).agentTermBytes(),
                (context, value) -> of.apply(context).agentTermBytes(value.intValue()),
                "Length of the terms of an agent's streams; each stream has three"));
        settings.add(Setting.<C, Long>of(
                "sessionTermBytes",
                ValueTypes.powerOfTwo(8 * MIN_TERM_BYTES, MAX_TERM_BYTES),
                context -> (long) of.apply(context).sessionTermBytes(),
                (context, value) -> of.apply(context).sessionTermBytes(value.intValue()),
                "Length of the terms of a session's streams; each stream has three"));
        settings.add(Setting.<C, Long>of(
                "livenessTimeoutMs",
                ValueTypes.durationMs(500, 600_000),
                context -> of.apply(context).livenessTimeoutMs(),
                (context, value) -> of.apply(context).livenessTimeoutMs(value),
                "After which silence the other end of a stream counts as gone"));
        return settings;
    }
}
