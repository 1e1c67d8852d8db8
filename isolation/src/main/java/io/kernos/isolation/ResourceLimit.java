package io.kernos.isolation;

/**
 * One POSIX resource limit of a task, as {@code setrlimit(2)} takes it.
 *
 * @param kind what is limited.
 * @param soft what is in force; {@link #UNLIMITED} for no limit.
 * @param hard how far the task may raise it; {@link #UNLIMITED} for no limit.
 */
public record ResourceLimit(Kind kind, long soft, long hard) {
    /** Stands for no limit. */
    public static final long UNLIMITED = -1L;

    /** What can be limited, with the number that Linux gives it on x86-64 and aarch64. */
    public enum Kind {
        /** Processor time, seconds. */
        CPU_SECONDS(0),
        /** Size of a file written, bytes. */
        FILE_BYTES(1),
        /** Size of the data segment, bytes. */
        DATA_BYTES(2),
        /** Size of the stack, bytes. */
        STACK_BYTES(3),
        /** Size of a core file, bytes. */
        CORE_BYTES(4),
        /** Processes of the user. */
        PROCESSES(6),
        /** Open descriptors of a process. */
        OPEN_FILES(7),
        /** Memory locked, bytes. */
        LOCKED_BYTES(8),
        /** Address space of a process, bytes. */
        ADDRESS_SPACE_BYTES(9);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /**
         * The number that the kernel knows it by.
         *
         * @return the value of {@code RLIMIT_*}.
         */
        public int number() {
            return number;
        }
    }

    /**
     * Checks that soft does not pass hard.
     *
     * @throws IllegalArgumentException when it does.
     */
    public ResourceLimit {
        if (Long.compareUnsigned(soft, hard) > 0) {
            throw new IllegalArgumentException(kind + ": soft limit " + soft + " passes hard limit " + hard);
        }
    }
}
