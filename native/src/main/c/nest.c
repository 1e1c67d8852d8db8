/*
 * Nests: processes that sit in a v1 control group and clone containers there.
 *
 * On v1 a process that is moved into a control group may have to wait for a grace period of the kernel's: tens of
 * microseconds when others were moved just before, several milliseconds when not. A process that is cloned inside is
 * moved never. So each group that is used gets a nest, once; a launch is a message to it, and the container is by
 * CLONE_PARENT still the supervisor's own child. One container at a time is in a nest.
 *
 * When a task ends, its nest clones the next one's init ahead of time: that waits, with its pid, uts and ipc namespaces
 * made, and a launch is then a message to it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervisor.h"

#define NEST_PATHS_MAX 1024
#define NEST_READY_FD 4
#define NEST_ORDERS_FD 5
#define NEST_LIFE_FD 6
#define NEST_PREPARE 201 /* type of an order, beside KS_LAUNCH */

struct prepare {
    struct ks_header header;
    uint32_t flags;
    uint32_t reserved;
};

struct nest nests[NESTS_MAX];

static unsigned used; /* entries ever taken */
static char orders[KS_MESSAGE_MAX] __attribute__((aligned(16)));
static char paths[NESTS_MAX][NEST_PATHS_MAX]; /* of all its control groups */

static struct plan given; /* to this nest or ready init */

static pid_t clone_init(uint32_t flags) {
    struct clone_args args = {.flags = CLONE_PARENT | CLONE_NEWPID};
    if (flags & KS_NEW_USER)
        args.flags |= CLONE_NEWUSER;
    return (pid_t)syscall(SYS_clone3, &args, sizeof args);
}

static void carry_out(const struct failure *not_entered) {
    if (not_entered->stage != 0) {
        child_tell(CHILD_NOT_CLONED, not_entered->stage, not_entered->error);
        _exit(0); /* of no use to anybody; the next launch there builds another */
    }
    pid_t pid = clone_init(given.head->flags);
    if (pid == 0)
        run_child(&given, STATUS_FD, true);
    if (pid < 0)
        child_tell(CHILD_NOT_CLONED, KS_STAGE_CLONE, errno);
    else
        child_tell(CHILD_CLONED, pid, 0);
}

static void __attribute__((noreturn)) await_plan(uint32_t flags) {
    die_with_supervisor();
    close_all_from(NEST_READY_FD + 1);
    become_ready(flags);
    ssize_t n = recv(NEST_READY_FD, orders, sizeof orders, 0);
    if (n <= 0 || plan_parse(orders, (size_t)n, &given) != NULL)
        _exit(127);
    close(NEST_READY_FD);
    run_ready(&given);
}

static void prepare(const struct prepare *wish) {
    pid_t pid = clone_init(wish->flags);
    if (pid == 0)
        await_plan(wish->flags);
    child_tell(CHILD_READY, pid > 0 ? pid : 0, 0);
}

/* Bytes of a longer plan before are not left for the next container's init. */
static void __attribute__((noreturn)) be_nest(const struct failure *not_entered) {
    size_t before = 0;
    for (;;) {
        ssize_t n = recv(NEST_ORDERS_FD, orders, sizeof orders, 0);
        if (n <= 0)
            _exit(0);
        if ((size_t)n < before)
            memset(orders + n, 0, before - (size_t)n);
        before = (size_t)n;
        if (((const struct ks_header *)(const void *)orders)->type == NEST_PREPARE)
            prepare((const void *)orders);
        else if (plan_parse(orders, before, &given) == NULL)
            carry_out(not_entered);
    }
}

static void __attribute__((noreturn))
run_nest(const struct plan *first, int orders_fd, int ready_fd, int status_fd) {
    struct failure not_entered = {0, 0};
    die_with_supervisor();
    int high_life = fcntl(life_fd, F_DUPFD_CLOEXEC, 64);
    int high_orders = fcntl(orders_fd, F_DUPFD_CLOEXEC, 64);
    int high_ready = fcntl(ready_fd, F_DUPFD_CLOEXEC, 64);
    int high_status = fcntl(status_fd, F_DUPFD_CLOEXEC, 64);
    if (dup3(high_status, STATUS_FD, O_CLOEXEC) < 0 || dup3(high_ready, NEST_READY_FD, O_CLOEXEC) < 0 ||
        dup3(high_orders, NEST_ORDERS_FD, O_CLOEXEC) < 0 || dup3(high_life, NEST_LIFE_FD, O_CLOEXEC) < 0)
        _exit(127);
    life_fd = NEST_LIFE_FD;
    close_all_from(NEST_LIFE_FD + 1);
    setsid();
    enter_cgroups(first, &not_entered);
    be_nest(&not_entered);
}

static void close_end(int *fd) {
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* An init that waits there ends by that. */
static void close_nest(struct nest *n) {
    close_end(&n->orders_fd);
    close_end(&n->ready_fd);
    close_end(&n->status_fd);
    n->pid = n->ready = 0;
    n->preparing = false;
}

/* Ours and the nest's ends, or neither. */
static bool open_ends(struct nest *n, int theirs[3]) {
    int orders_ends[2] = {-1, -1}, ready_ends[2] = {-1, -1}, status_ends[2] = {-1, -1};
    bool done = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, orders_ends) == 0 &&
                socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ready_ends) == 0 &&
                pipe2(status_ends, O_CLOEXEC | O_NONBLOCK) == 0;
    n->orders_fd = orders_ends[0];
    n->ready_fd = ready_ends[0];
    n->status_fd = status_ends[0];
    theirs[0] = orders_ends[1];
    theirs[1] = ready_ends[1];
    theirs[2] = status_ends[1];
    return done;
}

static bool build(struct nest *n, const struct plan *first) {
    int theirs[3];
    bool opened = open_ends(n, theirs);
    n->pid = opened ? fork() : -1;
    if (n->pid == 0)
        run_nest(first, theirs[0], theirs[1], theirs[2]);
    for (int i = 0; i < 3; i++)
        close_end(&theirs[i]);
    if (n->pid > 0 && watch(n->status_fd, n))
        return true;
    if (n->pid > 0)
        kill(n->pid, SIGKILL);
    close_nest(n);
    return false;
}

/* So that nothing is read of what was sent to it. */
static void discard(struct nest *n) {
    if (n->pid > 0)
        kill(n->pid, SIGKILL);
    if (n->ready > 0)
        kill(n->ready, SIGKILL);
    close_nest(n);
}

static uint64_t hash(const char *path) {
    uint64_t h = 0xCBF29CE484222325u;
    for (; *path != 0; path++)
        h = (h ^ (unsigned char)*path) * 0x100000001B3u;
    return h;
}

/* False when they are too long. */
static bool join_paths(const struct plan *plan, char *to) {
    size_t used_bytes = 0;
    for (uint32_t i = 0; i < plan->head->cgroups; i++) {
        size_t length = strlen(plan->cgroups[i]);
        if (length >= NEST_PATHS_MAX - 1 - used_bytes)
            return false;
        memcpy(to + used_bytes, plan->cgroups[i], length);
        used_bytes += length;
        to[used_bytes++] = '\n';
    }
    to[used_bytes] = 0;
    return true;
}

/* The nest of a plan's control groups that is free to be used; NULL when there can be none. */
static struct nest *nest_for(const struct plan *plan) {
    static char wanted[NEST_PATHS_MAX];
    struct nest *vacant = NULL;
    if (!join_paths(plan, wanted))
        return NULL;
    uint64_t name = hash(wanted);
    for (unsigned i = 0; i < used; i++) {
        struct nest *n = &nests[i];
        if (n->pid > 0 && n->name == name && strcmp(paths[i], wanted) == 0)
            return n->container == NULL && !is_dead(n->pid) ? n : NULL;
        if (n->pid == 0 && n->container == NULL)
            vacant = n;
    }
    if (vacant == NULL && used == NESTS_MAX)
        return NULL;
    if (vacant == NULL)
        vacant = &nests[used++];
    vacant->name = name;
    strcpy(paths[vacant - nests], wanted);
    return build(vacant, plan) ? vacant : NULL;
}

static bool send_order(int fd, const struct ks_header *order) {
    return send(fd, order, order->length, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)order->length;
}

static uint32_t namespaces_of(const struct ks_plan *p) {
    return p->flags & (READY_FLAGS | KS_NEW_USER);
}

/* Whether it was sent to an init that waits for it, or will. */
static bool launch_ready(struct nest *n, struct container *c, const struct ks_plan *p) {
    pid_t ready = n->ready;
    if (namespaces_of(p) != n->ready_flags || (ready == 0 && !n->preparing) ||
        (ready != 0 && is_dead(ready)) || !send_order(n->ready_fd, &p->header))
        return false;
    n->ready = 0;
    if (ready != 0)
        container_has_pid(c, ready);
    return true;
}

/* One that was made for other flags. */
static void end_ready(struct nest *n) {
    if (n->ready > 0)
        kill(n->ready, SIGKILL);
    n->ready = 0;
}

bool nest_launch(struct container *c, const struct plan *wanted) {
    const struct ks_plan *p = wanted->head;
    if (p->cgroups == 0 || (p->flags & KS_CGROUP_FOLDER) || !(p->flags & KS_NEW_PID))
        return false;
    struct nest *n = nest_for(wanted);
    if (n == NULL)
        return false;
    bool by_ready = launch_ready(n, c, p);
    if (!by_ready)
        end_ready(n);
    if (!by_ready && !send_order(n->orders_fd, &p->header))
        return false;
    n->given_ready = by_ready;
    n->last_flags = namespaces_of(p);
    n->container = c;
    c->nest = n;
    return true;
}

static void leave(struct container *c) {
    struct nest *n = c->nest;
    c->nest = NULL;
    if (n == NULL)
        return;
    n->container = NULL;
    if (n->pid == 0)
        close_nest(n);
}

/* The plan that it was to read must not be another's. */
static void on_ready(struct nest *n, pid_t pid) {
    struct container *c = n->container;
    if (!n->preparing)
        return;
    n->preparing = false;
    if (!is_unclaimed_child(pid))
        pid = 0;
    if (c == NULL || c->pid != 0 || !n->given_ready) {
        n->ready = pid;
    } else if (pid > 0) {
        struct child_status cloned = {.kind = CHILD_CLONED, .value = pid};
        child_told(c, &cloned);
    } else {
        discard(n);
        leave(c);
        container_failed(c, KS_STAGE_CLONE, EAGAIN);
    }
}

static void on_status(struct nest *n, const struct child_status *s) {
    struct container *c = n->container;
    if (s->kind == CHILD_READY)
        on_ready(n, s->value);
    if (s->kind == CHILD_READY || c == NULL || (s->kind == CHILD_NOT_CLONED && c->pid != 0))
        return;
    if (s->kind == CHILD_NOT_CLONED) {
        if (s->value == KS_STAGE_CGROUP)
            n->pid = 0; /* it ends by itself */
        leave(c);
        container_failed(c, s->value, s->error);
    } else {
        child_told(c, s);
    }
}

/* For one that is to end before it answered; what became of its container is told once it is dead. */
void nest_abandon(struct nest *n) {
    if (n != NULL && n->pid > 0)
        kill(n->pid, SIGKILL);
}

/* Behind a part of a status all that is told would be nonsense. */
void nest_read(struct nest *n) {
    struct child_status s;
    ssize_t length = (ssize_t)sizeof s;
    while (n->status_fd >= 0 && length == (ssize_t)sizeof s) {
        length = read(n->status_fd, &s, sizeof s);
        if (length == (ssize_t)sizeof s)
            on_status(n, &s);
        else if (length > 0)
            nest_abandon(n);
    }
}

/* Those with a user namespace are not prepared, for the ids are mapped by what the plan says. */
void nest_prepare(struct nest *n) {
    if (n == NULL || n->pid == 0 || n->ready != 0 || n->preparing || shutting_down() || (n->last_flags & KS_NEW_USER))
        return;
    struct prepare wish = {.header = {sizeof wish, KS_VERSION, NEST_PREPARE, 0, 0}, .flags = n->last_flags};
    n->ready_flags = n->last_flags;
    n->preparing = send_order(n->orders_fd, &wish.header);
}

/* What an init that told nothing left unread the next one must not read. */
void nest_ended(struct container *c) {
    struct nest *n = c->nest;
    if (n == NULL)
        return;
    nest_read(n);
    leave(c);
    if (n->pid > 0 && c->started_ns == 0 && c->stage == 0)
        discard(n);
    else
        nest_prepare(n);
}

static bool awaits_pid(const struct nest *n) {
    return n->pid > 0 && (n->preparing || (n->container != NULL && n->container->pid == 0));
}

/* Whether some container or init was ordered of which it is not known yet which process it is. */
bool nests_pending(void) {
    bool pending = false;
    for (unsigned i = 0; i < used; i++) {
        struct nest *n = &nests[i];
        if (!awaits_pid(n))
            continue;
        nest_read(n);
        pending |= awaits_pid(n) && !is_dead(n->pid);
    }
    return pending;
}

bool is_of_nest(pid_t pid) {
    for (unsigned i = 0; i < used; i++)
        if (nests[i].pid == pid || nests[i].ready == pid)
            return true;
    return false;
}

/* The nest's own, so all that is in it are the nest and what it cloned. */
static void kill_all_in_group(const struct nest *n) {
    char procs[NEST_PATHS_MAX];
    const char *all = paths[n - nests];
    snprintf(procs, sizeof procs, "%.*s", (int)strcspn(all, "\n"), all);
    FILE *file = fopen(procs, "re");
    pid_t pid;
    while (file != NULL && fscanf(file, "%d", &pid) == 1)
        if (pid > 1 && pid != getpid())
            kill(pid, SIGKILL);
    if (file != NULL)
        fclose(file);
}

/* What it cloned and did not tell of must not run on when its end is told. */
static void on_died_silent(struct nest *n, struct container *c) {
    kill_all_in_group(n);
    leave(c);
    if (c->started_ns != 0 || c->kill_wanted) {
        container_started(c, c->started_ns != 0 ? c->started_ns : clock_ns(CLOCK_MONOTONIC));
        c->wait_status = c->told_exit ? c->wait_status : SIGKILL;
        container_exited(c);
    } else {
        container_failed(c, c->stage != 0 ? c->stage : KS_STAGE_INIT, c->error);
    }
}

bool nest_died(pid_t pid) {
    for (unsigned i = 0; i < used; i++) {
        struct nest *n = &nests[i];
        if (n->ready == pid) {
            n->ready = 0;
            return true;
        }
        if (n->pid != pid)
            continue;
        nest_read(n);
        struct container *c = n->container;
        n->pid = 0;
        if (c == NULL)
            close_nest(n);
        else if (c->pid == 0)
            on_died_silent(n, c);
        return true;
    }
    return false;
}

void nests_end(void) {
    for (unsigned i = 0; i < used; i++)
        if (nests[i].pid > 0) {
            pid_t pids[] = {nests[i].pid, nests[i].ready};
            for (unsigned j = 0; j < 2 && pids[j] > 0; j++) {
                kill(pids[j], SIGKILL);
                waitpid(pids[j], NULL, 0);
            }
        }
}
