package io.kernos.isolation;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a container is to be: one command in one sandbox with its limits. Immutable.
 *
 * <pre>{@code
 * ContainerSpec spec = ContainerSpec.builder(frameworkId, taskId, sandbox, List.of("/bin/sh", "-c", "make"))
 *         .env(Map.of("PATH", "/usr/bin:/bin"))
 *         .cpusMilli(500)
 *         .memoryBytes(64L << 20)
 *         .build();
 * }</pre>
 *
 * @param frameworkId first half of the container's key.
 * @param taskId      second half of the container's key.
 * @param argv        the command and its arguments; the first is looked up in the task's own PATH when it holds no
 *                    slash.
 * @param env         the whole environment of the task.
 * @param sandbox     absolute path of an existing folder: the working folder, where stdout and stderr are appended.
 *                    It must be writable by the task's user.
 * @param user        whom the task runs as; null for whoever the agent runs as.
 * @param cpusMilli   share of processors in thousandths of one; 0 for the least share.
 * @param memoryBytes most memory; 0 for no limit.
 * @param pidsMax     most processes and threads; 0 for no limit.
 * @param namespaces  what it has to itself, as far as {@link IsolationCapabilities#namespaces()} allows.
 * @param hostname    name of its host when it has {@link Namespace#UTS}; empty to keep the machine's.
 * @param limits      POSIX limits.
 */
public record ContainerSpec(
        long frameworkId,
        long taskId,
        List<String> argv,
        Map<String, String> env,
        Path sandbox,
        ContainerUser user,
        long cpusMilli,
        long memoryBytes,
        long pidsMax,
        Set<Namespace> namespaces,
        String hostname,
        List<ResourceLimit> limits) {

    /** Most processes and threads of a container that does not ask for another number. */
    public static final long DEFAULT_PIDS_MAX = 4096;

    /** Most processes and threads that Linux numbers, and so the most that can be asked for: its PID_MAX_LIMIT. */
    public static final long MOST_PIDS = 4_194_304;

    /**
     * Checks each field.
     *
     * @throws IllegalArgumentException naming the field, the value and the remedy.
     */
    public ContainerSpec {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        limits = List.copyOf(limits);
        namespaces = Set.copyOf(namespaces);
        if (argv.isEmpty() || argv.getFirst().isEmpty()) {
            throw new IllegalArgumentException("argv is empty: name a command to run");
        }
        if (!sandbox.isAbsolute()) {
            throw new IllegalArgumentException("sandbox " + sandbox + " is not absolute: give its whole path");
        }
        requireNotNegative("cpusMilli", cpusMilli);
        requireNotNegative("memoryBytes", memoryBytes);
        requireNotNegative("pidsMax", pidsMax);
    }

    /**
     * Starts a specification with the four fields that have no default.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param sandbox     absolute path of the task's folder.
     * @param argv        command and arguments.
     * @return a builder.
     */
    public static Builder builder(long frameworkId, long taskId, Path sandbox, List<String> argv) {
        return new Builder(frameworkId, taskId, sandbox, argv);
    }

    private static void requireNotNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " is " + value + ": give 0 or more");
        }
    }

    /** Collects the fields of a {@link ContainerSpec}. */
    public static final class Builder {
        private final long frameworkId;
        private final long taskId;
        private final Path sandbox;
        private final List<String> argv;
        private Map<String, String> env = Map.of();
        private ContainerUser user;
        private long cpusMilli;
        private long memoryBytes;
        private long pidsMax = DEFAULT_PIDS_MAX;
        private Set<Namespace> namespaces = Namespace.STANDARD;
        private String hostname = "";
        private List<ResourceLimit> limits = List.of();

        private Builder(long frameworkId, long taskId, Path sandbox, List<String> argv) {
            this.frameworkId = frameworkId;
            this.taskId = taskId;
            this.sandbox = sandbox;
            this.argv = argv;
        }

        /**
         * Names the whole environment.
         *
         * @param value names and values.
         * @return this.
         */
        public Builder env(Map<String, String> value) {
            env = value;
            return this;
        }

        /**
         * Says whom the task runs as.
         *
         * @param value the user, or null for the agent's own.
         * @return this.
         */
        public Builder user(ContainerUser value) {
            user = value;
            return this;
        }

        /**
         * Sets the share of processors.
         *
         * @param value thousandths of a processor.
         * @return this.
         */
        public Builder cpusMilli(long value) {
            cpusMilli = value;
            return this;
        }

        /**
         * Sets the memory limit.
         *
         * @param value bytes; 0 for none.
         * @return this.
         */
        public Builder memoryBytes(long value) {
            memoryBytes = value;
            return this;
        }

        /**
         * Sets the limit of processes and threads.
         *
         * @param value count; 0 for none.
         * @return this.
         */
        public Builder pidsMax(long value) {
            pidsMax = value;
            return this;
        }

        /**
         * Names the namespaces wanted.
         *
         * @param value namespaces, may be empty.
         * @return this.
         */
        public Builder namespaces(Set<Namespace> value) {
            namespaces = value.isEmpty() ? EnumSet.noneOf(Namespace.class) : value;
            return this;
        }

        /**
         * Names the container's host.
         *
         * @param value at most 64 bytes; empty to keep the machine's.
         * @return this.
         */
        public Builder hostname(String value) {
            hostname = value;
            return this;
        }

        /**
         * Sets the POSIX limits.
         *
         * @param value limits.
         * @return this.
         */
        public Builder limits(List<ResourceLimit> value) {
            limits = value;
            return this;
        }

        /**
         * Checks and makes the specification.
         *
         * @return the specification.
         */
        public ContainerSpec build() {
            return new ContainerSpec(
                    frameworkId,
                    taskId,
                    argv,
                    env,
                    sandbox,
                    user,
                    cpusMilli,
                    memoryBytes,
                    pidsMax,
                    namespaces,
                    hostname,
                    limits);
        }
    }
}
