package io.kernos.client;

import io.kernos.transport.Limits;
import io.kernos.transport.ResourceKind;
import io.kernos.transport.SettingException;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.RegisterTemplateEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.ExpandableArrayBuffer;

/**
 * What a task is: its command, environment, resources and isolation. Told to the master once, then each launch and
 * submit only names it. Immutable; made by {@link #builder()}.
 *
 * <pre>{@code
 * TaskTemplate template = TaskTemplate.builder()
 *         .name("checksum")
 *         .command("sha256sum", "/etc/hostname")
 *         .cpusMilli(500)
 *         .memoryBytes(64 << 20)
 *         .build();
 * }</pre>
 */
public final class TaskTemplate {
    /** Namespaces of its own that a task can have. */
    public enum Isolation {
        /** Its processes see only themselves. */
        PID,
        /** Its mounts are its own. */
        MOUNT,
        /** Its host name is its own. */
        UTS,
        /** Its System V and POSIX queues and semaphores are its own. */
        IPC,
        /** Its network is its own. */
        NET
    }

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final long cpusMilli;
    private final long memoryBytes;
    private final long diskBytes;
    private final long gpusMilli;
    private final int portCount;
    private final Set<Isolation> isolation;
    private final int killGraceMs;

    private TaskTemplate(Builder builder) {
        name = builder.name == null ? baseName(builder.command.getFirst()) : builder.name;
        command = builder.command;
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(builder.environment));
        cpusMilli = builder.cpusMilli;
        memoryBytes = builder.memoryBytes;
        diskBytes = builder.diskBytes;
        gpusMilli = builder.gpusMilli;
        portCount = builder.portCount;
        isolation = Set.copyOf(builder.isolation);
        killGraceMs = builder.killGraceMs;
    }

    private static String baseName(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() ? path : name;
    }

    /**
     * Begins a template: 1 cpu, 32 MiB of memory, pid, mount, uts and ipc namespaces, 5 seconds of grace.
     *
     * @return the builder.
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Name for people.
     *
     * @return the name.
     */
    public String name() {
        return name;
    }

    /**
     * The command and its arguments.
     *
     * @return argv.
     */
    public List<String> command() {
        return command;
    }

    byte[] encode(long correlationId, long frameworkId, int templateId) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        RegisterTemplateEncoder encoder = new RegisterTemplateEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .templateId(templateId)
                .killGraceMs(killGraceMs)
                .portCount(portCount);
        encoder.isolation()
                .clear()
                .pid(isolation.contains(Isolation.PID))
                .mount(isolation.contains(Isolation.MOUNT))
                .uts(isolation.contains(Isolation.UTS))
                .ipc(isolation.contains(Isolation.IPC))
                .net(isolation.contains(Isolation.NET));
        encodeScalars(encoder);
        RegisterTemplateEncoder.ArgumentsEncoder arguments = encoder.argumentsCount(command.size());
        command.forEach(argument -> arguments.next().value(argument));
        RegisterTemplateEncoder.EnvironmentEncoder variables = encoder.environmentCount(environment.size());
        environment.forEach((key, value) -> variables.next().name(key).value(value));
        encoder.name(name);
        byte[] message = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()];
        buffer.getBytes(0, message);
        return message;
    }

    private void encodeScalars(RegisterTemplateEncoder encoder) {
        long[] amounts = new long[ResourceKind.SCALAR_COUNT];
        amounts[ResourceKind.CPUS] = cpusMilli;
        amounts[ResourceKind.MEMORY] = memoryBytes;
        amounts[ResourceKind.DISK] = diskBytes;
        amounts[ResourceKind.GPUS] = gpusMilli;
        int count = 0;
        for (long amount : amounts) {
            count += amount > 0 ? 1 : 0;
        }
        RegisterTemplateEncoder.ScalarsEncoder scalars = encoder.scalarsCount(count);
        for (int kind = 0; kind < amounts.length; kind++) {
            if (amounts[kind] > 0) {
                scalars.next().kind(kind).amount(amounts[kind]);
            }
        }
    }

    /** Makes a {@link TaskTemplate}. Not thread safe. */
    public static final class Builder {
        private static final long DEFAULT_MEMORY_BYTES = 32L << 20;
        private static final int DEFAULT_KILL_GRACE_MS = 5_000;

        private String name;
        private List<String> command = List.of();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private long cpusMilli = 1_000;
        private long memoryBytes = DEFAULT_MEMORY_BYTES;
        private long diskBytes;
        private long gpusMilli;
        private int portCount;
        private Set<Isolation> isolation = EnumSet.of(Isolation.PID, Isolation.MOUNT, Isolation.UTS, Isolation.IPC);
        private int killGraceMs = DEFAULT_KILL_GRACE_MS;

        private Builder() {}

        /**
         * Name for people.
         *
         * @param value the name; the default is the command's.
         * @return this.
         */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /**
         * The command and its arguments; no shell is between.
         *
         * @param argv the first is the program, searched in PATH unless it has a slash.
         * @return this.
         */
        public Builder command(String... argv) {
            command = List.of(argv);
            return this;
        }

        /**
         * The command and its arguments; no shell is between.
         *
         * @param argv the first is the program, searched in PATH unless it has a slash.
         * @return this.
         */
        public Builder command(List<String> argv) {
            command = List.copyOf(argv);
            return this;
        }

        /**
         * One variable of the environment.
         *
         * @param key   its name.
         * @param value its value.
         * @return this.
         */
        public Builder environment(String key, String value) {
            environment.put(key, value);
            return this;
        }

        /**
         * Variables of the environment, added to those that are there.
         *
         * @param values names and values.
         * @return this.
         */
        public Builder environment(Map<String, String> values) {
            environment.putAll(values);
            return this;
        }

        /**
         * Processors.
         *
         * @param value thousandths of a processor, 1 at least.
         * @return this.
         */
        public Builder cpusMilli(long value) {
            cpusMilli = value;
            return this;
        }

        /**
         * Memory.
         *
         * @param value bytes, 1 at least.
         * @return this.
         */
        public Builder memoryBytes(long value) {
            memoryBytes = value;
            return this;
        }

        /**
         * Disk.
         *
         * @param value bytes, 0 for none.
         * @return this.
         */
        public Builder diskBytes(long value) {
            diskBytes = value;
            return this;
        }

        /**
         * Graphics processors.
         *
         * @param value thousandths of one, 0 for none.
         * @return this.
         */
        public Builder gpusMilli(long value) {
            gpusMilli = value;
            return this;
        }

        /**
         * Ports of the host.
         *
         * @param value how many.
         * @return this.
         */
        public Builder portCount(int value) {
            portCount = value;
            return this;
        }

        /**
         * Namespaces of its own.
         *
         * @param value which; none for a task that shares all with its host.
         * @return this.
         */
        public Builder isolation(Set<Isolation> value) {
            isolation = Set.copyOf(value);
            return this;
        }

        /**
         * Time from SIGTERM to SIGKILL.
         *
         * @param value milliseconds, 0 or more.
         * @return this.
         */
        public Builder killGraceMs(int value) {
            killGraceMs = value;
            return this;
        }

        /**
         * Checks and makes the template.
         *
         * @return the template.
         * @throws SettingException when something is wrong; the message names it, its value and the remedy.
         */
        public TaskTemplate build() {
            check(!command.isEmpty(), "command", command, "name a program");
            check(!command.getFirst().isEmpty(), "command", command, "the program's name must not be empty");
            checkCount("command", command.size());
            checkCount("environment", environment.size());
            command.forEach(argument -> checkText("command", argument));
            environment.forEach(Builder::checkVariable);
            checkText("name", name == null ? "" : name);
            check(cpusMilli > 0, "cpusMilli", cpusMilli, "use at least 1 thousandth of a processor");
            check(memoryBytes > 0, "memoryBytes", memoryBytes, "use at least 1 byte");
            check(diskBytes >= 0, "diskBytes", diskBytes, "use 0 or more bytes");
            check(gpusMilli >= 0, "gpusMilli", gpusMilli, "use 0 or more thousandths");
            check(portCount >= 0, "portCount", portCount, "use 0 or more");
            check(
                    portCount <= Limits.MAX_PORTS_PER_TASK,
                    "portCount",
                    portCount,
                    "use at most " + Limits.MAX_PORTS_PER_TASK);
            check(killGraceMs >= 0, "killGraceMs", killGraceMs, "use 0 or more milliseconds");
            check(killGraceMs <= Limits.MAX_KILL_GRACE_MS, "killGraceMs", killGraceMs, "use at most a day");
            TaskTemplate template = new TaskTemplate(this);
            int length = template.encode(0, 0, 0).length;
            String remedy = "is " + length + " bytes in all, at most " + Limits.MAX_TEMPLATE_BYTES
                    + ": put long arguments in a file";
            check(length <= Limits.MAX_TEMPLATE_BYTES, "template", template.name, remedy);
            return template;
        }

        private static void checkVariable(String key, String value) {
            check(!key.isEmpty() && key.indexOf('=') < 0, "environment", key, "a name has no '=' and is not empty");
            checkText("environment", key);
            checkText("environment", value);
        }

        private static void checkCount(String setting, int count) {
            String remedy = "use at most " + Limits.MAX_GROUP_ENTRIES + " entries";
            check(count <= Limits.MAX_GROUP_ENTRIES, setting, count, remedy);
        }

        private static void checkText(String setting, String text) {
            String shown = text.length() <= 40 ? text : text.substring(0, 40) + "...";
            check(text.indexOf('\0') < 0, setting, shown.replace("\0", "\\0"), "must not hold a NUL character");
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            String remedy = "is " + length + " bytes long, use at most " + Limits.MAX_STRING_BYTES;
            check(length <= Limits.MAX_STRING_BYTES, setting, shown, remedy);
        }

        private static void check(boolean condition, String setting, Object value, String remedy) {
            SettingException.check(condition, setting, value, remedy);
        }
    }
}
