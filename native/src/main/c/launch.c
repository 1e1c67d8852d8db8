/* The clone, what the new process tells by its pipe, and its end. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervisor.h"

#define HELD_UP_NS 10000000

static int64_t held_up_ns; /* since when, or when last looked past it; 0 when nothing holds the reaping up */

static pid_t clone_child(uint32_t flags, int cgroup_fd) {
    struct clone_args args = {.exit_signal = SIGCHLD};
    if (flags & KS_NEW_PID)
        args.flags |= CLONE_NEWPID;
    if (flags & KS_NEW_USER)
        args.flags |= CLONE_NEWUSER;
    if (cgroup_fd >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)cgroup_fd;
    }
    return (pid_t)syscall(SYS_clone3, &args, sizeof args);
}

static void clone_with_pipe(struct container *c, const struct plan *plan, int cgroup_fd) {
    int pipe_fds[2];
    if (pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK) != 0) {
        container_failed(c, KS_STAGE_PIPE, errno);
        return;
    }
    pid_t pid = clone_child(plan->head->flags, cgroup_fd);
    if (pid == 0)
        run_child(plan, pipe_fds[1], false);
    int error = errno;
    close(pipe_fds[1]);
    if (pid < 0) {
        close(pipe_fds[0]);
        container_failed(c, KS_STAGE_CLONE, error);
        return;
    }
    container_has_pid(c, pid);
    c->status_fd = pipe_fds[0];
    if (!watch(c->status_fd, c)) {
        c->stage = KS_STAGE_PIPE;
        c->error = errno;
        container_kill(c);
    }
}

void launch(struct container *c, const struct plan *plan) {
    int cgroup_fd = -1;
    c->has_init = plan->head->flags & KS_NEW_PID;
    if (nest_launch(c, plan))
        return;
    if (plan->head->flags & KS_CGROUP_FOLDER) {
        cgroup_fd = open(plan->cgroups[0], O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (cgroup_fd < 0) {
            container_failed(c, KS_STAGE_CGROUP_OPEN, errno);
            return;
        }
    }
    clone_with_pipe(c, plan, cgroup_fd);
    if (cgroup_fd >= 0)
        close(cgroup_fd);
}

static void close_status(struct container *c) {
    close(c->status_fd);
    c->status_fd = -1;
}

/* Root in a container can write into its init's pipe, so what is told is believed only where it can be so. */
bool is_unclaimed_child(pid_t pid) {
    siginfo_t info;
    return pid > 0 && waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           container_by_pid(pid) == NULL && !is_of_nest(pid);
}

/* What was wanted of it before its process was known. */
static void on_cloned(struct container *c, pid_t pid) {
    if (c->pid != 0 || !is_unclaimed_child(pid))
        return;
    container_has_pid(c, pid);
    if (c->signal_wanted != 0)
        container_signal(c, c->signal_wanted);
    if (c->kill_wanted)
        container_kill(c);
    if (c->started_ns != 0)
        container_started(c, c->started_ns);
}

void child_told(struct container *c, const struct child_status *s) {
    switch (s->kind) {
    case CHILD_CLONED:
        on_cloned(c, s->value);
        break;
    case CHILD_STARTED:
        c->started_ns = s->monotonic_ns;
        if (c->pid > 0)
            container_started(c, s->monotonic_ns);
        break;
    case CHILD_FAILED:
        c->stage = s->value;
        c->error = s->error;
        break;
    case CHILD_EXITED:
        c->wait_status = s->value;
        c->told_exit = true;
        nest_prepare(c->nest);
        break;
    default:
        break;
    }
}

/* Without an init the pipe's end is the news: it was closed by the exec. */
void read_status(struct container *c) {
    struct child_status s;
    while (c->status_fd >= 0) {
        ssize_t n = read(c->status_fd, &s, sizeof s);
        if (n == (ssize_t)sizeof s) {
            child_told(c, &s);
        } else if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        } else {
            close_status(c);
            if (!c->has_init && c->stage == 0)
                container_started(c, clock_ns(CLOCK_MONOTONIC));
        }
    }
}

static int64_t micros(const struct timeval *t) {
    return t->tv_sec * (int64_t)1000000 + t->tv_usec;
}

static void on_reaped(struct container *c, int status, const struct rusage *usage) {
    nest_ended(c);
    read_status(c);
    if (c->status_fd >= 0)
        close_status(c);
    container_lost_pid(c);
    if (!c->told_exit)
        c->wait_status = status;
    c->user_us = micros(&usage->ru_utime);
    c->system_us = micros(&usage->ru_stime);
    c->max_rss_bytes = usage->ru_maxrss * (int64_t)1024;
    /* Killed before it could tell: whether the command ran an instant cannot be known, that it was killed is. */
    if (c->state == STARTING && c->stage == 0 && WIFSIGNALED(status))
        container_started(c, clock_ns(CLOCK_MONOTONIC));
    if (c->state == RUNNING)
        container_exited(c);
    else
        container_failed(c, c->stage != 0 ? c->stage : KS_STAGE_INIT, c->error);
}

/* The process group of a container without init cannot be another's before it is reaped. */
static void reap(pid_t pid, struct container *c) {
    int status;
    struct rusage usage;
    if (c != NULL && !c->has_init)
        kill(-pid, SIGKILL);
    if (wait4(pid, &status, WNOHANG, &usage) == pid && c != NULL)
        on_reaped(c, status, &usage);
}

bool is_dead(pid_t pid) {
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

/* A nest tells in an instant whose the process is that is first in the kernel's list; one that is stopped may not. */
static void reap_past(void) {
    int64_t now = clock_ns(CLOCK_MONOTONIC);
    if (held_up_ns == 0)
        held_up_ns = now;
    if (now - held_up_ns < HELD_UP_NS)
        return;
    held_up_ns = now;
    for (unsigned i = 0; i < CONTAINERS_MAX; i++) {
        struct container *c = &containers[i];
        if ((c->state == STARTING || c->state == RUNNING) && c->pid > 0 && is_dead(c->pid))
            reap(c->pid, c);
    }
}

bool reaping_held_up(void) {
    return held_up_ns != 0;
}

void reap_children(void) {
    for (;;) {
        siginfo_t info = {0};
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
            break;
        struct container *c = container_by_pid(info.si_pid);
        if (c == NULL && !nest_died(info.si_pid)) {
            bool pending = nests_pending();
            c = container_by_pid(info.si_pid);
            if (c == NULL && pending) {
                reap_past();
                return;
            }
        }
        reap(info.si_pid, c);
    }
    held_up_ns = 0;
}

void container_signal(struct container *c, int signo) {
    if (c->state != STARTING && c->state != RUNNING)
        return;
    if (c->pid == 0)
        c->signal_wanted = signo;
    else if (signo == SIGKILL) {
        container_kill(c);
    } else if (c->has_init) {
        union sigval value = {.sival_int = signo};
        if (sigqueue(c->pid, SIGRTMAX, value) != 0)
            kill(c->pid, signo);
    } else if (kill(-c->pid, signo) != 0 && errno == ESRCH) {
        kill(c->pid, signo); /* it has no group of its own yet */
    }
}
