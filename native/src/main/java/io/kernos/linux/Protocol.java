package io.kernos.linux;

/**
 * Numbers of the supervisor's protocol; {@code protocol.h} is the other side, docs/supervisor.md tells it whole.
 */
final class Protocol {
    static final int VERSION = 1;
    static final int MESSAGE_MAX = 128 * 1024;

    static final int LAUNCH = 1;
    static final int SIGNAL = 2;
    static final int KILL = 3;
    static final int ACK = 4;
    static final int LIST = 5;
    static final int SHUTDOWN = 6;
    static final int PING = 7;

    static final int HELLO = 101;
    static final int STARTED = 102;
    static final int FAILED = 103;
    static final int EXITED = 104;
    static final int LIST_END = 105;
    static final int PONG = 106;
    static final int REFUSED = 107;
    static final int STARTING = 108;

    static final int LENGTH = 0;
    static final int VERSION_AT = 4;
    static final int TYPE = 6;
    static final int FRAMEWORK_ID = 8;
    static final int TASK_ID = 16;
    static final int HEADER_BYTES = 24;

    static final int SIGNO = HEADER_BYTES;
    static final int SIGNAL_BYTES = 32;

    static final int COOKIE = HEADER_BYTES;

    static final int HELLO_INSTANCE = HEADER_BYTES;
    static final int HELLO_PID = 32;
    static final int HELLO_CONTAINERS = 36;
    static final int HELLO_BYTES = 40;

    static final int STARTING_BYTES = 32;

    static final int STARTED_PID = 32;
    static final int STARTED_LISTED = 36;
    static final int STARTED_EPOCH_NS = 40;
    static final int STARTED_RECEIVED_NS = 48;
    static final int STARTED_STARTED_NS = 56;
    static final int STARTED_BYTES = 64;

    static final int FAILED_STAGE = 32;
    static final int FAILED_ERROR = 36;
    static final int FAILED_BYTES = 40;

    static final int EXITED_STATUS = 32;
    static final int EXITED_FLAGS = 36;
    static final int EXITED_USER_US = 40;
    static final int EXITED_SYSTEM_US = 48;
    static final int EXITED_MAX_RSS_BYTES = 56;
    static final int EXITED_EPOCH_NS = 64;
    static final int EXITED_BYTES = 72;

    private Protocol() {}
}
