/*
 * The parts of the supervisor and what each offers the others.
 *
 *   main.c        start, the event loop, the end
 *   link.c        the socket to the agent: packets in, packets out
 *   containers.c  the table of containers and their states
 *   journal.c     what must survive the supervisor itself
 *   plan.c        from a packet to a checked launch plan
 *   launch.c      the clone, and reading what the new process tells
 *   nest.c        processes that sit in v1 control groups and clone there
 *   child.c       what runs between clone and exec, and the container's init
 */
#ifndef KERNOS_SUPERVISOR_H
#define KERNOS_SUPERVISOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "protocol.h"

/* Most containers at a time, those included that ended and were not acknowledged. */
#define CONTAINERS_MAX 16384

/* Most v1 control groups that have a nest; in others containers are moved. */
#define NESTS_MAX 4096

/* Where a child finds its status pipe. */
#define STATUS_FD 3

/* The namespaces that an init has already while it waits for its plan, beside that of processes. */
#define READY_FLAGS (KS_NEW_UTS | KS_NEW_IPC)

enum state {
    FREE,     /* the entry is not in use */
    STARTING, /* cloned, exec not yet known */
    RUNNING,  /* exec succeeded */
    FAILED,   /* never ran; kept until acknowledged */
    EXITED,   /* ended; kept until acknowledged */
};

/* What is yet to be told of a container. */
enum pending { TELL_STARTED = 1, TELL_LISTED = 2, TELL_END = 4 };

struct nest;

struct container {
    int64_t framework_id;
    int64_t task_id;
    uint64_t cookie;
    enum state state;
    pid_t pid;
    int status_fd; /* read end of the pipe by which the child tells; -1 when closed */
    bool has_init; /* in a pid namespace, under an init of ours */
    bool told_exit; /* the init told how the task ended */
    bool kill_wanted; /* before its process was known */
    int signal_wanted; /* likewise */
    struct nest *nest; /* that it was ordered from; NULL when it was cloned here or has ended */
    unsigned pending;
    int32_t stage;
    int32_t error;
    int32_t wait_status;
    uint32_t exit_flags;
    int64_t received_ns;
    int64_t started_ns;
    int64_t started_epoch_ns;
    int64_t ended_epoch_ns;
    int64_t user_us;
    int64_t system_us;
    int64_t max_rss_bytes;
    struct container *next_by_key;
    struct container *next_by_pid;
    struct container *next_pending;
};

struct plan {
    const struct ks_plan *head;
    const struct ks_rlimit *rlimits;
    const uint32_t *groups;
    const char *sandbox;
    const char *hostname;
    const char *stdout_name;
    const char *stderr_name;
    const char *cgroups[KS_CGROUPS_MAX];
    char *args[KS_ARGS_MAX + 1];
    char *env[KS_ENV_MAX + 1];
};

/* What a child writes into its status pipe. */
enum child_kind {
    CHILD_STARTED = 1,
    CHILD_FAILED = 2,
    CHILD_EXITED = 3,
    CHILD_CLONED = 4,     /* by a nest: value is the pid */
    CHILD_NOT_CLONED = 5, /* by a nest: there is no process to be waited for */
    CHILD_READY = 6,      /* by a nest: value is the pid of an init that waits for its plan, 0 for none */
};

/* Why a step failed; stage 0 when none did. */
struct failure {
    int32_t stage;
    int32_t error;
};

struct nest {
    pid_t pid;     /* 0 when there is none */
    int orders_fd; /* plans and wishes for a ready init go in here */
    int ready_fd;  /* the plan of the ready init goes in here */
    pid_t ready;   /* an init that waits for its plan; 0 when there is none */
    bool given_ready; /* its container was ordered of the ready init, there or to be */
    bool preparing; /* asked for a ready init, and has not answered */
    uint32_t ready_flags; /* that init's namespaces, or those that it was asked for with */
    uint32_t last_flags; /* the last container's */
    int status_fd; /* what it and its container's init tell comes out here */
    uint64_t name; /* hash of its control group's path */
    struct container *container;
};

struct child_status {
    int32_t kind;
    int32_t value; /* stage, wait status or pid */
    int32_t error;
    int32_t reserved;
    int64_t monotonic_ns;
};

/* main.c */
extern int epoll_fd;
extern pid_t supervisor_pid;
extern int life_fd; /* a file that the supervisor has a lock on while it lives */
extern uid_t own_uid;
extern gid_t own_gid;
int64_t clock_ns(clockid_t clock);
void complain(const char *what, const char *on, int error);
bool watch(int fd, void *what);
void begin_shutdown(void);
bool shutting_down(void);

/* containers.c */
extern struct container containers[CONTAINERS_MAX];
unsigned containers_count(void);
unsigned containers_alive(void);
struct container *container_by_key(int64_t framework_id, int64_t task_id);
struct container *container_by_pid(pid_t pid);
struct container *container_new(int64_t framework_id, int64_t task_id);
void container_has_pid(struct container *c, pid_t pid);
void container_lost_pid(struct container *c);
void container_free(struct container *c);
void container_started(struct container *c, int64_t monotonic_ns);
void container_failed(struct container *c, int32_t stage, int32_t error);
void container_exited(struct container *c);
void container_kill(struct container *c);

/* journal.c */
int journal_open(const char *state_folder);
void journal_started(const struct container *c);
void journal_ended(const struct container *c);
void journal_acknowledged(const struct container *c);
void journal_tidy(void);

/* plan.c: NULL when the packet is a whole and sane plan, else the words that say what is wrong with it. */
const char *plan_parse(const void *packet, size_t length, struct plan *plan);

/* launch.c */
void launch(struct container *c, const struct plan *plan);
void read_status(struct container *c);
void reap_children(void);
bool reaping_held_up(void);
bool is_dead(pid_t pid);
bool is_unclaimed_child(pid_t pid);
void child_told(struct container *c, const struct child_status *s);
void container_signal(struct container *c, int signo);

/* nest.c */
extern struct nest nests[NESTS_MAX];
bool nest_launch(struct container *c, const struct plan *plan);
void nest_read(struct nest *n);
void nest_prepare(struct nest *n);
void nest_ended(struct container *c);
bool nests_pending(void);
bool nest_died(pid_t pid);
bool is_of_nest(pid_t pid);
void nest_abandon(struct nest *n);
void nests_end(void);

/* child.c */
void child_tell(int32_t kind, int32_t value, int32_t error);
void close_all_from(int fd);
bool enter_cgroups(const struct plan *plan, struct failure *f);
void run_child(const struct plan *plan, int status_fd, bool in_cgroups) __attribute__((noreturn));
void become_ready(uint32_t flags);
/* Ends with the supervisor, now if that has ended already. */
void die_with_supervisor(void);
void run_ready(const struct plan *plan) __attribute__((noreturn));

/* link.c */
int link_listen(const char *path);
void link_accept(void);
void link_event(uint32_t events);
void link_tell(struct container *c, unsigned what);
void link_flush(void);
void link_forget(struct container *c);

#endif
