package io.kernos.cli.settings;

import io.kernos.master.node.MasterContext;
import io.kernos.master.state.StateContext;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/** The limits of the state machine, among the settings of {@code kernos master}. */
final class StateSettings {
    private static final long DAY_MS = 86_400_000;
    private static final long YEAR_MS = 365 * DAY_MS;
    private static final long TIB = 1L << 40;

    private StateSettings() {}

    static List<Setting<MasterContext>> settings() {
        return List.of(
                count(
                        "maxSessions",
                        65_536,
                        StateContext::maxSessions,
                        (state, value) -> state.maxSessions(value.intValue()),
                        "Most sessions of frameworks, operators and relays at one time"),
                count(
                        "maxRelays",
                        4_096,
                        StateContext::maxRelays,
                        (state, value) -> state.maxRelays(value.intValue()),
                        "Most relays at one time"),
                count(
                        "maxFrameworks",
                        65_536,
                        StateContext::maxFrameworks,
                        (state, value) -> state.maxFrameworks(value.intValue()),
                        "Most frameworks, connected or waiting for their failover timeout"),
                count(
                        "maxRoles",
                        65_536,
                        StateContext::maxRoles,
                        (state, value) -> state.maxRoles(value.intValue()),
                        "Most roles"),
                count(
                        "maxAgents",
                        262_144,
                        StateContext::maxAgents,
                        (state, value) -> state.maxAgents(value.intValue()),
                        "Most agents, connected or waiting for their timeout"),
                count(
                        "maxTasks",
                        67_108_864,
                        StateContext::maxTasks,
                        (state, value) -> state.maxTasks(value.intValue()),
                        "Most tasks that are placed and not done with"),
                count(
                        "maxTemplates",
                        16_777_216,
                        StateContext::maxTemplates,
                        (state, value) -> state.maxTemplates(value.intValue()),
                        "Most templates of tasks, of all frameworks"),
                state(
                        "maxTemplateBytes",
                        ValueTypes.bytes(65_536, TIB),
                        StateContext::maxTemplateBytes,
                        (state, value) -> state.maxTemplateBytes(value),
                        "What all templates may take together"),
                count(
                        "maxOffers",
                        16_777_216,
                        StateContext::maxOffers,
                        (state, value) -> state.maxOffers(value.intValue()),
                        "Most offers that are out at one time"),
                count(
                        "maxDemands",
                        268_435_456,
                        StateContext::maxDemands,
                        (state, value) -> state.maxDemands(value.intValue()),
                        "Most submits with tasks that wait to be placed"),
                count(
                        "maxFilters",
                        268_435_456,
                        StateContext::maxFilters,
                        (state, value) -> state.maxFilters(value.intValue()),
                        "Most filters of declined offers; beyond it they are left out"),
                count(
                        "maxPendingTasks",
                        TIB,
                        StateContext::maxPendingTasks,
                        (state, value) -> state.maxPendingTasks(value),
                        "Most tasks of all submits that wait to be placed"),
                state(
                        "agentTimeoutMs",
                        ValueTypes.durationMs(2, DAY_MS),
                        StateContext::agentTimeoutMs,
                        (state, value) -> state.agentTimeoutMs(value),
                        "How long an agent that is gone has to come back before it is removed and its tasks are lost"),
                state(
                        "unreachableAfterMs",
                        ValueTypes.durationMs(1, DAY_MS),
                        StateContext::unreachableAfterMs,
                        (state, value) -> state.unreachableAfterMs(value),
                        "How long an agent may be gone before its tasks are told as unreachable, below agentTimeoutMs"),
                state(
                        "offerTimeoutMs",
                        ValueTypes.durationMs(0, DAY_MS),
                        StateContext::offerTimeoutMs,
                        (state, value) -> state.offerTimeoutMs(value),
                        "How long an offer may wait for an answer before it is rescinded; 0 for ever"),
                state(
                        "maxFailoverTimeoutMs",
                        ValueTypes.durationMs(0, YEAR_MS),
                        StateContext::maxFailoverTimeoutMs,
                        (state, value) -> state.maxFailoverTimeoutMs(value),
                        "Longest failover timeout that a framework may ask for"));
    }

    private static Setting<MasterContext> count(
            String name,
            long most,
            ToLongFunction<StateContext> read,
            BiConsumer<StateContext, Long> apply,
            String meaning) {
        return state(name, ValueTypes.count(1, most), read, apply, meaning);
    }

    private static Setting<MasterContext> state(
            String name,
            ValueType<Long> type,
            ToLongFunction<StateContext> read,
            BiConsumer<StateContext, Long> apply,
            String meaning) {
        return Setting.of(
                name,
                type,
                context -> read.applyAsLong(context.service().state()),
                (context, value) -> apply.accept(context.service().state(), value),
                meaning);
    }
}
