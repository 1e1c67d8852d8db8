/*
 * Nests: processes that sit in a v1 control group and clone containers there.
 *
 * On v1 a process that is moved into a control group may have to wait for a grace period of the kernel's: tens of
 * microseconds when others were moved just before, several milliseconds when not. A process that is cloned inside is
 * moved never. So each group that is used gets a nest, once; a launch is a message to it, and the container is by
 * CLONE_PARENT still the supervisor's own child. One container at a time is in a nest.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervisor.h"

#define NEST_PATHS_MAX 1024
#define NEST_ORDERS_FD 4

struct nest nests[NESTS_MAX];

static unsigned used; /* entries ever taken */
static char orders[KS_MESSAGE_MAX] __attribute__((aligned(16)));
static char paths[NESTS_MAX][NEST_PATHS_MAX]; /* of all its control groups */

static void tell(int32_t kind, int32_t value, int32_t error) {
    struct child_status s = {kind, value, error, 0, clock_ns(CLOCK_MONOTONIC)};
    if (write(STATUS_FD, &s, sizeof s) != (ssize_t)sizeof s)
        _exit(127);
}

static void carry_out(const struct plan *plan, const struct failure *not_entered) {
    if (not_entered->stage != 0) {
        tell(CHILD_NOT_CLONED, not_entered->stage, not_entered->error);
        _exit(0); /* of no use to anybody; the next launch there builds another */
    }
    struct clone_args args = {.flags = CLONE_PARENT | CLONE_NEWPID};
    if (plan->head->flags & KS_NEW_USER)
        args.flags |= CLONE_NEWUSER;
    pid_t pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
    if (pid == 0)
        run_child(plan, STATUS_FD, true);
    if (pid < 0)
        tell(CHILD_NOT_CLONED, KS_STAGE_CLONE, errno);
    else
        tell(CHILD_CLONED, pid, 0);
}

/* Bytes of a longer plan before are not left for the next container's init. */
static void __attribute__((noreturn)) be_nest(const struct failure *not_entered) {
    static struct plan plan;
    size_t before = 0;
    for (;;) {
        ssize_t n = recv(NEST_ORDERS_FD, orders, sizeof orders, 0);
        if (n <= 0)
            _exit(0);
        if ((size_t)n < before)
            memset(orders + n, 0, before - (size_t)n);
        before = (size_t)n;
        if (plan_parse(orders, before, &plan) == NULL)
            carry_out(&plan, not_entered);
    }
}

static void __attribute__((noreturn)) run_nest(const struct plan *plan, int orders_fd, int status_fd) {
    struct failure not_entered = {0, 0};
    int high_orders = fcntl(orders_fd, F_DUPFD_CLOEXEC, 64);
    int high_status = fcntl(status_fd, F_DUPFD_CLOEXEC, 64);
    dup3(high_status, STATUS_FD, O_CLOEXEC);
    dup3(high_orders, NEST_ORDERS_FD, O_CLOEXEC);
    syscall(SYS_close_range, NEST_ORDERS_FD + 1, ~0u, 0);
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    enter_cgroups(plan, &not_entered);
    be_nest(&not_entered);
}

static bool watch(struct nest *n) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = n};
    return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, n->status_fd, &event) == 0;
}

static void close_nest(struct nest *n) {
    if (n->orders_fd >= 0)
        close(n->orders_fd);
    if (n->status_fd >= 0)
        close(n->status_fd);
    n->orders_fd = n->status_fd = -1;
    n->pid = 0;
}

static bool build(struct nest *n, const struct plan *plan) {
    int sockets[2], pipe_fds[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0)
        return false;
    if (pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK) != 0) {
        close(sockets[0]);
        close(sockets[1]);
        return false;
    }
    n->orders_fd = sockets[0];
    n->status_fd = pipe_fds[0];
    n->pid = fork();
    if (n->pid == 0)
        run_nest(plan, sockets[1], pipe_fds[1]);
    close(sockets[1]);
    close(pipe_fds[1]);
    if (n->pid > 0 && watch(n))
        return true;
    if (n->pid > 0)
        kill(n->pid, SIGKILL);
    close_nest(n);
    return false;
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
            return n->container == NULL ? n : NULL;
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

bool nest_launch(struct container *c, const struct plan *plan) {
    const struct ks_plan *p = plan->head;
    if (p->cgroups == 0 || (p->flags & KS_CGROUP_FOLDER) || !(p->flags & KS_NEW_PID))
        return false;
    struct nest *n = nest_for(plan);
    if (n == NULL || send(n->orders_fd, p, p->header.length, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)p->header.length)
        return false;
    n->container = c;
    c->nest = n;
    return true;
}

static void on_status(struct nest *n, const struct child_status *s) {
    struct container *c = n->container;
    if (c == NULL)
        return;
    if (s->kind == CHILD_NOT_CLONED) {
        if (s->value == KS_STAGE_CGROUP)
            n->pid = 0; /* it ends by itself */
        nest_leave(c);
        container_failed(c, s->value, s->error);
    } else {
        child_told(c, s);
    }
}

void nest_read(struct nest *n) {
    struct child_status s;
    while (n->status_fd >= 0 && read(n->status_fd, &s, sizeof s) == (ssize_t)sizeof s)
        on_status(n, &s);
}

void nest_leave(struct container *c) {
    struct nest *n = c->nest;
    c->nest = NULL;
    if (n == NULL)
        return;
    n->container = NULL;
    if (n->pid == 0)
        close_nest(n);
}

static bool is_dead(pid_t pid) {
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

/* Whether some container was ordered of which it is not known yet which process it is. */
bool nests_pending(void) {
    bool pending = false;
    for (unsigned i = 0; i < used; i++) {
        struct nest *n = &nests[i];
        if (n->container == NULL || n->container->pid != 0)
            continue;
        nest_read(n);
        pending |= n->container != NULL && n->container->pid == 0 && !is_dead(n->pid);
    }
    return pending;
}

bool nest_died(pid_t pid) {
    for (unsigned i = 0; i < used; i++) {
        struct nest *n = &nests[i];
        if (n->pid != pid)
            continue;
        nest_read(n);
        struct container *c = n->container;
        n->pid = 0;
        if (c == NULL)
            close_nest(n);
        else if (c->pid == 0) {
            nest_leave(c);
            container_failed(c, KS_STAGE_INIT, 0);
        }
        return true;
    }
    return false;
}

void nests_end(void) {
    for (unsigned i = 0; i < used; i++)
        if (nests[i].pid > 0) {
            kill(nests[i].pid, SIGKILL);
            waitpid(nests[i].pid, NULL, 0);
        }
}
