package io.kernos.cli.settings;

import io.kernos.agent.AgentContext;
import io.kernos.isolation.ContainerSpec;
import java.util.ArrayList;
import java.util.List;

/** Settings of {@code kernos agent}. */
public final class AgentSettings {
    /** All of them. */
    public static final Catalogue<AgentContext> CATALOGUE = new Catalogue<>("agent", AgentContext::new, settings());

    private static final long MAX_MILLI = 1_000_000_000L;
    private static final long MAX_MS = Integer.MAX_VALUE;

    private AgentSettings() {}

    private static List<Setting<AgentContext>> settings() {
        List<Setting<AgentContext>> settings = new ArrayList<>(place());
        settings.addAll(resources());
        settings.addAll(isolation());
        settings.addAll(timing());
        settings.addAll(keeping());
        return settings;
    }

    private static List<Setting<AgentContext>> place() {
        return List.of(
                Setting.of(
                        "workDirectory",
                        ValueTypes.folder(),
                        AgentContext::workDirectory,
                        AgentContext::workDirectory,
                        "Folder of the agent's journal and the tasks' sandboxes, of this agent alone",
                        "none: must be given"),
                Setting.of(
                        "relayEndpoints",
                        ValueTypes.endpoints(),
                        AgentContext::relayEndpoints,
                        AgentContext::relayEndpoints,
                        "Relays to register through, one at a time, tried in turn"),
                Setting.of(
                        "hostname",
                        ValueTypes.host(),
                        AgentContext::hostname,
                        AgentContext::hostname,
                        "Name of this machine, as offers tell it",
                        "what the kernel says"),
                Setting.of(
                        "bindHost",
                        ValueTypes.host(),
                        AgentContext::bindHost,
                        AgentContext::bindHost,
                        "Where relays and readers of sandboxes reach this agent; it listens there",
                        "localhost if all relays are on it, else the hostname"),
                Setting.of(
                        "aeronDirectory",
                        ValueTypes.folderName(),
                        AgentContext::aeronDirectory,
                        AgentContext::aeronDirectory,
                        "Folder of a media driver that runs already, to be shared",
                        "none: a driver of its own"),
                Catalogues.idleProfile(AgentContext::idleProfile, AgentContext::idleProfile));
    }

    private static List<Setting<AgentContext>> resources() {
        return List.of(
                Setting.of(
                        "cpusMilli",
                        ValueTypes.milliOrAuto(1, MAX_MILLI, AgentContext.DISCOVER),
                        AgentContext::cpusMilli,
                        AgentContext::cpusMilli,
                        "Processors to offer; auto: what the machine has"),
                Setting.of(
                        "memoryBytes",
                        ValueTypes.bytesOrAuto(AgentContext.DISCOVER),
                        AgentContext::memoryBytes,
                        AgentContext::memoryBytes,
                        "Memory to offer; auto: what the machine has, less a reserve"),
                Setting.of(
                        "diskBytes",
                        ValueTypes.bytesOrAuto(AgentContext.DISCOVER),
                        AgentContext::diskBytes,
                        AgentContext::diskBytes,
                        "Disk to offer; auto: what is free under the work folder, less a reserve"),
                Setting.of(
                        "gpusMilli",
                        ValueTypes.count(0, MAX_MILLI),
                        AgentContext::gpusMilli,
                        AgentContext::gpusMilli,
                        "GPUs to offer, in thousandths"),
                Setting.of(
                        "ports",
                        ValueTypes.ports(),
                        context -> new PortRange(context.firstPort(), context.lastPort()),
                        (context, value) -> context.ports(value.first(), value.last()),
                        "Ports to offer"),
                Setting.of(
                        "attributes",
                        ValueTypes.attributes(),
                        AgentContext::attributes,
                        AgentContext::attributes,
                        "What is told of this machine beside its resources; os, kernel, arch, isolation,"
                                + " controllers and taskUser are added",
                        "none"));
    }

    private static List<Setting<AgentContext>> isolation() {
        return List.of(
                Setting.of(
                        "user",
                        ValueTypes.text(),
                        AgentContext::user,
                        AgentContext::user,
                        "Whom tasks run as whose framework names nobody",
                        "whoever runs the agent"),
                Setting.of(
                        "cgroups",
                        ValueTypes.yesOrNo(),
                        AgentContext::cgroups,
                        AgentContext::cgroups,
                        "Whether tasks get control groups where the machine allows it"),
                Setting.of(
                        "namespaces",
                        ValueTypes.yesOrNo(),
                        AgentContext::namespaces,
                        AgentContext::namespaces,
                        "Whether tasks get namespaces where the machine allows it"));
    }

    private static List<Setting<AgentContext>> timing() {
        return List.of(
                Setting.of(
                        "statusRetryMs",
                        ValueTypes.durationMs(10, MAX_MS),
                        AgentContext::statusRetryMs,
                        AgentContext::statusRetryMs,
                        "After which time a status that was not acknowledged is sent again; each pause doubles"),
                Setting.of(
                        "statusRetryMaxMs",
                        ValueTypes.durationMs(10, MAX_MS),
                        AgentContext::statusRetryMaxMs,
                        AgentContext::statusRetryMaxMs,
                        "Longest pause before a status is sent once more, at least statusRetryMs"),
                Setting.of(
                        "connectTimeoutMs",
                        ValueTypes.durationMs(10, MAX_MS),
                        AgentContext::connectTimeoutMs,
                        AgentContext::connectTimeoutMs,
                        "How long one relay is tried before the next"),
                Setting.of(
                        "reconnectMinMs",
                        ValueTypes.durationMs(1, MAX_MS),
                        AgentContext::reconnectMinMs,
                        (context, value) -> context.reconnectMs(value, context.reconnectMaxMs()),
                        "First pause between tries to reach a relay; each doubles"),
                Setting.of(
                        "reconnectMaxMs",
                        ValueTypes.durationMs(1, MAX_MS),
                        AgentContext::reconnectMaxMs,
                        (context, value) -> context.reconnectMs(context.reconnectMinMs(), value),
                        "Longest pause between tries to reach a relay, at least reconnectMinMs"));
    }

    private static List<Setting<AgentContext>> keeping() {
        return List.of(
                Setting.of(
                        "sandboxMaxAgeMs",
                        ValueTypes.durationMs(0),
                        AgentContext::sandboxMaxAgeMs,
                        AgentContext::sandboxMaxAgeMs,
                        "How long the sandbox of a finished task is kept at most"),
                Setting.of(
                        "sandboxMaxCount",
                        ValueTypes.count(0, Integer.MAX_VALUE),
                        context -> (long) context.sandboxMaxCount(),
                        (context, value) -> context.sandboxMaxCount(value.intValue()),
                        "How many sandboxes of finished tasks are kept at most; the oldest go first"),
                Setting.of(
                        "journalCompactBytes",
                        ValueTypes.bytes(65_536, Integer.MAX_VALUE / 2),
                        AgentContext::journalCompactBytes,
                        AgentContext::journalCompactBytes,
                        "Size from which the journal is written anew with only what still matters"),
                Setting.of(
                        "maxTemplates",
                        ValueTypes.count(1, 1 << 20),
                        context -> (long) context.maxTemplates(),
                        (context, value) -> context.maxTemplates(value.intValue()),
                        "Most templates of tasks that are kept; those that were not used for longest go first"),
                Setting.of(
                        "taskPidsMax",
                        ValueTypes.count(0, ContainerSpec.MOST_PIDS),
                        AgentContext::taskPidsMax,
                        AgentContext::taskPidsMax,
                        "Most processes and threads of one task, where the controller pids is in force; 0 for no"
                                + " limit"));
    }
}
