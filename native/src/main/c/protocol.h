/*
 * What the supervisor and its agent say to each other.
 *
 * One message is one packet of a SOCK_SEQPACKET socket: a header, then a body that the type names. Integers are
 * little-endian and naturally aligned from the start of the packet. docs/supervisor.md tells the whole protocol.
 */
#ifndef KERNOS_PROTOCOL_H
#define KERNOS_PROTOCOL_H

#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the supervisor's protocol is little-endian, and so must the machine be"
#endif

#define KS_VERSION 1

/* Limits of a launch plan, checked on both sides. */
#define KS_MESSAGE_MAX (128 * 1024)
#define KS_ARGS_MAX 1024
#define KS_ENV_MAX 1024
#define KS_CGROUPS_MAX 8
#define KS_RLIMITS_MAX 16
#define KS_GROUPS_MAX 32
#define KS_HOSTNAME_MAX 64

/* What the agent asks. */
enum ks_request {
    KS_LAUNCH = 1,   /* ks_plan: start a container */
    KS_SIGNAL = 2,   /* ks_signal: signal the task and its process group */
    KS_KILL = 3,     /* header alone: SIGKILL for the whole container */
    KS_ACK = 4,      /* header alone: forget a container that ended */
    KS_LIST = 5,     /* header alone: tell of every container, then LIST_END */
    KS_SHUTDOWN = 6, /* header alone: kill all and exit */
    KS_PING = 7,     /* header alone: answered by PONG */
};

/* What the supervisor tells. */
enum ks_reply {
    KS_HELLO = 101,    /* ks_hello: first packet of a connection */
    KS_STARTED = 102,  /* ks_started: exec succeeded; told again by LIST while it runs */
    KS_FAILED = 103,   /* ks_failed: it never ran; told again until acknowledged */
    KS_EXITED = 104,   /* ks_exited: it ended; told again until acknowledged */
    KS_LIST_END = 105, /* header alone: all was listed */
    KS_PONG = 106,     /* ks_hello: answer to PING */
    KS_REFUSED = 107,  /* ks_failed: the request was not understood or not possible; nothing is kept of it */
    KS_STARTING = 108, /* ks_starting: LIST found it before its exec; STARTED or FAILED follows */
};

/* What was being done when a launch failed or a request was refused. */
enum ks_stage {
    KS_STAGE_PLAN = 1,
    KS_STAGE_KEY = 2,
    KS_STAGE_PIPE = 3,
    KS_STAGE_CGROUP_OPEN = 4,
    KS_STAGE_CLONE = 5,
    KS_STAGE_CGROUP = 6,
    KS_STAGE_ID_MAP = 7,
    KS_STAGE_MOUNT_PRIVATE = 8,
    KS_STAGE_MOUNT_PROC = 9,
    KS_STAGE_HOSTNAME = 10,
    KS_STAGE_FORK = 11,
    KS_STAGE_SANDBOX = 12,
    KS_STAGE_STDIO = 13,
    KS_STAGE_RLIMIT = 14,
    KS_STAGE_USER = 15,
    KS_STAGE_PRIVILEGES = 16,
    KS_STAGE_EXEC = 17,
    KS_STAGE_INIT = 18,
};

/* Flags of a plan. */
enum ks_flag {
    KS_NEW_PID = 1 << 0,
    KS_NEW_MOUNT = 1 << 1,
    KS_NEW_UTS = 1 << 2,
    KS_NEW_IPC = 1 << 3,
    KS_NEW_USER = 1 << 4,
    KS_MOUNT_PROC = 1 << 5,    /* needs KS_NEW_PID and KS_NEW_MOUNT */
    KS_NO_NEW_PRIVS = 1 << 6,
    KS_SET_USER = 1 << 7,      /* uid, gid and groups are meant */
    KS_CGROUP_FOLDER = 1 << 8, /* the first control group is a v2 folder to be cloned into */
    KS_FLAGS_ALL = (1 << 9) - 1,
};

/* Flag of an exit: the supervisor itself was killed, and how the container ended is not known. */
#define KS_EXIT_LOST 1

struct ks_header {
    uint32_t length; /* of the whole packet, bytes */
    uint16_t version;
    uint16_t type;
    int64_t framework_id;
    int64_t task_id;
};

struct ks_signal {
    struct ks_header header;
    int32_t signo;
    int32_t reserved;
};

struct ks_rlimit {
    uint32_t resource;
    uint32_t reserved;
    uint64_t soft;
    uint64_t hard;
};

/*
 * After it: ks_rlimit[rlimits], uint32_t[groups], then strings each ended by a NUL, in this order: sandbox, hostname
 * (may be empty), name of stdout, name of stderr, control groups, arguments, environment. Nothing follows.
 */
struct ks_plan {
    struct ks_header header;
    uint64_t cookie; /* handed back in every reply about the container */
    uint32_t flags;
    uint32_t uid;
    uint32_t gid;
    uint32_t rlimits;
    uint32_t groups;
    uint32_t cgroups;
    uint32_t args;
    uint32_t env;
};

struct ks_hello {
    struct ks_header header;
    uint64_t instance; /* random, made at start: another one means that the supervisor was replaced */
    int32_t pid;
    uint32_t containers; /* running, or ended and not acknowledged */
};

struct ks_started {
    struct ks_header header;
    uint64_t cookie;
    int32_t pid;
    int32_t listed;        /* 1 when told because of LIST */
    int64_t epoch_ns;      /* when it was executed, CLOCK_REALTIME */
    int64_t received_ns;   /* when the plan was read, CLOCK_MONOTONIC */
    int64_t started_ns;    /* when it was executed, CLOCK_MONOTONIC */
};

struct ks_starting {
    struct ks_header header;
    uint64_t cookie;
};

struct ks_failed {
    struct ks_header header;
    uint64_t cookie;
    int32_t stage;
    int32_t error; /* errno, or 0 */
};

struct ks_exited {
    struct ks_header header;
    uint64_t cookie;
    int32_t wait_status; /* as waitpid(2) gives it */
    uint32_t flags;
    int64_t user_us;
    int64_t system_us;
    int64_t max_rss_bytes;
    int64_t epoch_ns; /* when it ended, CLOCK_REALTIME */
};

#endif
