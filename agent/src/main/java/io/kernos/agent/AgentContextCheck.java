package io.kernos.agent;

import io.kernos.isolation.ContainerSpec;
import io.kernos.transport.Endpoint;
import io.kernos.transport.Limits;
import io.kernos.transport.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Checks the settings of an agent, each alone and in their relations.
 */
final class AgentContextCheck {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_ATTRIBUTES = 256;
    private static final int MAX_ATTRIBUTES_BYTES = Limits.MAX_MESSAGE_BYTES / 2;
    /** What a socket's address holds. */
    private static final int MAX_SUPERVISOR_PATH_BYTES = 90;

    private static final long MIN_TIMEOUT_MS = 10;
    private static final long MIN_COMPACT_BYTES = 65_536;
    private static final int MAX_TEMPLATES = 1 << 20;
    private static final long MAX_CPUS_MILLI = 1_000_000_000L;

    private AgentContextCheck() {}

    static Path workDirectory(Path given) {
        SettingException.check(given != null, "workDirectory", given, "name a folder for the agent's state");
        Path path = given.toAbsolutePath().normalize();
        int bytes = path.resolve(AgentContext.SUPERVISOR_FOLDER).toString().getBytes(StandardCharsets.UTF_8).length;
        SettingException.check(
                bytes <= MAX_SUPERVISOR_PATH_BYTES,
                "workDirectory",
                path,
                "its path is too long by " + (bytes - MAX_SUPERVISOR_PATH_BYTES)
                        + " bytes for the supervisor's socket: use a shorter one");
        try {
            Files.createDirectories(path);
        } catch (IOException ex) {
            throw new SettingException("workDirectory", path, "cannot be made: " + ex);
        }
        SettingException.check(Files.isWritable(path), "workDirectory", path, "must be writable for this user");
        return path;
    }

    static void relays(List<String> endpoints) {
        SettingException.check(!endpoints.isEmpty(), "relayEndpoints", endpoints, "name one relay at least");
        for (String endpoint : endpoints) {
            int port = Endpoint.of("relayEndpoints", endpoint).port();
            SettingException.check(port > 0, "relayEndpoints", endpoint, "the port must be that of a relay, not 0");
        }
    }

    static String bindHost(String given, List<String> relays, String hostname) {
        if (given == null) {
            return relays.stream().allMatch(AgentContextCheck::isLocal) ? "localhost" : hostname;
        }
        Endpoint.of("bindHost", given + ":0");
        boolean wildcard = "0.0.0.0".equals(given) || "[::]".equals(given);
        SettingException.check(!wildcard, "bindHost", given, "name the address at which relays reach this machine");
        return given;
    }

    private static boolean isLocal(String endpoint) {
        String host = Endpoint.of("relayEndpoints", endpoint).host();
        return "localhost".equals(host) || host.startsWith("127.") || "[::1]".equals(host);
    }

    static void resources(AgentContext context) {
        SettingException.checkRange("cpusMilli", context.cpusMilli(), 1, MAX_CPUS_MILLI);
        SettingException.checkRange("memoryBytes", context.memoryBytes(), 0, Long.MAX_VALUE);
        SettingException.checkRange("diskBytes", context.diskBytes(), 0, Long.MAX_VALUE);
        SettingException.checkRange("gpusMilli", context.gpusMilli(), 0, MAX_CPUS_MILLI);
        SettingException.checkRange("taskPidsMax", context.taskPidsMax(), 0, ContainerSpec.MOST_PIDS);
        int first = context.firstPort();
        int last = context.lastPort();
        boolean none = first == 0 && last == 0;
        SettingException.check(
                none || first >= 1 && last >= first && last <= MAX_PORT,
                "ports",
                first + "-" + last,
                "the first must be 1 or more and not above the last, and the last at most 65535; 0-0 for none");
    }

    static void timing(AgentContext context) {
        SettingException.checkRange("statusRetryMs", context.statusRetryMs(), MIN_TIMEOUT_MS, Integer.MAX_VALUE);
        SettingException.checkRange(
                "statusRetryMaxMs", context.statusRetryMaxMs(), context.statusRetryMs(), Integer.MAX_VALUE);
        SettingException.checkRange("connectTimeoutMs", context.connectTimeoutMs(), MIN_TIMEOUT_MS, Integer.MAX_VALUE);
        SettingException.checkRange("reconnectMinMs", context.reconnectMinMs(), 1, Integer.MAX_VALUE);
        SettingException.checkRange(
                "reconnectMaxMs", context.reconnectMaxMs(), context.reconnectMinMs(), Integer.MAX_VALUE);
        SettingException.checkRange("sandboxMaxAgeMs", context.sandboxMaxAgeMs(), 0, Long.MAX_VALUE);
        SettingException.checkRange("sandboxMaxCount", context.sandboxMaxCount(), 0, Integer.MAX_VALUE);
        SettingException.checkRange(
                "journalCompactBytes", context.journalCompactBytes(), MIN_COMPACT_BYTES, Integer.MAX_VALUE / 2);
        SettingException.checkRange("maxTemplates", context.maxTemplates(), 1, MAX_TEMPLATES);
        SettingException.check(context.idleProfile() != null, "idleProfile", null, "use eco, balanced or spin");
    }

    static void attributes(Map<String, String> attributes) {
        SettingException.check(
                attributes.size() <= MAX_ATTRIBUTES, "attributes", attributes.size(), "at most " + MAX_ATTRIBUTES);
        int bytes = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            SettingException.check(!attribute.getKey().isBlank(), "attributes", attribute, "give it a name");
            bytes += attribute.getKey().length() + attribute.getValue().length();
        }
        SettingException.check(
                bytes <= MAX_ATTRIBUTES_BYTES,
                "attributes",
                bytes + " characters",
                "at most " + MAX_ATTRIBUTES_BYTES + " in all");
    }
}
