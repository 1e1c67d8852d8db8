/*
 * What runs between clone and exec, and the container's init.
 *
 * With a pid namespace the clone becomes its init: process 1 would otherwise be the task, to which signals without a
 * handler do not come, and which would have to reap orphans. The init forks the task, passes signals on, reaps, tells
 * how the task ended, and ends; the kernel then kills whatever is left in the namespace. Without a pid namespace the
 * clone executes the task itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervisor.h"

#define TASK_STACK_BYTES (64 * 1024)
#define DEFAULT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* Shared with the task, which runs in the init's memory until it executes the command. */
struct task_start {
    const struct plan *plan;
    struct failure failure;
};

static bool fails(struct failure *f, int32_t stage) {
    f->stage = stage;
    f->error = errno;
    return false;
}

void child_tell(int32_t kind, int32_t value, int32_t error) {
    struct child_status s = {kind, value, error, 0, clock_ns(CLOCK_MONOTONIC)};
    if (write(STATUS_FD, &s, sizeof s) != (ssize_t)sizeof s)
        _exit(127); /* the supervisor is gone */
}

void close_all_from(int fd) {
    syscall(SYS_close_range, fd, ~0u, 0);
}

static bool write_file(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool done = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    int error = errno;
    close(fd);
    errno = error;
    return done;
}

/*
 * The kernel lets go of a process' locks before it looks whose end was asked for, so while the lock is there it will
 * look. The parent's number is of no use: in a pid namespace it is 0, dead or not.
 */
void die_with_supervisor(void) {
    struct flock held = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (fcntl(life_fd, F_GETLK, &held) != 0 || held.l_type == F_UNLCK)
        _exit(127);
}

/* Once more, as a change of user takes it back; the lock's descriptor is closed, the pid namespace the supervisor's. */
static void die_with_supervisor_again(void) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != supervisor_pid)
        _exit(127);
}

static void keep_only_status(int status_fd) {
    if (status_fd != STATUS_FD)
        dup3(status_fd, STATUS_FD, O_CLOEXEC);
    close_all_from(STATUS_FD + 1);
}

bool enter_cgroups(const struct plan *plan, struct failure *f) {
    uint32_t first = plan->head->flags & KS_CGROUP_FOLDER ? 1 : 0;
    for (uint32_t i = first; i < plan->head->cgroups; i++)
        if (!write_file(plan->cgroups[i], "0"))
            return fails(f, KS_STAGE_CGROUP);
    return true;
}

static bool map_ids(struct failure *f) {
    char map[64];
    if (!write_file("/proc/self/setgroups", "deny"))
        return fails(f, KS_STAGE_ID_MAP);
    snprintf(map, sizeof map, "%u %u 1", own_uid, own_uid);
    if (!write_file("/proc/self/uid_map", map))
        return fails(f, KS_STAGE_ID_MAP);
    snprintf(map, sizeof map, "%u %u 1", own_gid, own_gid);
    return write_file("/proc/self/gid_map", map) || fails(f, KS_STAGE_ID_MAP);
}

/* Made here rather than in the clone, for the supervisor has other containers to start meanwhile. */
static bool make_namespaces(uint32_t flags, struct failure *f) {
    int wanted = (flags & KS_NEW_MOUNT ? CLONE_NEWNS : 0) | (flags & KS_NEW_UTS ? CLONE_NEWUTS : 0) |
                 (flags & KS_NEW_IPC ? CLONE_NEWIPC : 0);
    return wanted == 0 || unshare(wanted) == 0 || fails(f, KS_STAGE_CLONE);
}

static bool fill_namespaces(const struct plan *plan, struct failure *f) {
    uint32_t flags = plan->head->flags;
    if ((flags & KS_NEW_MOUNT) && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        return fails(f, KS_STAGE_MOUNT_PRIVATE);
    if ((flags & KS_MOUNT_PROC) && mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0)
        return fails(f, KS_STAGE_MOUNT_PROC);
    if ((flags & KS_NEW_UTS) && plan->hostname[0] != 0 && sethostname(plan->hostname, strlen(plan->hostname)) != 0)
        return fails(f, KS_STAGE_HOSTNAME);
    return true;
}

static bool enter_sandbox(const char *sandbox, struct failure *f) {
    int fd = open(sandbox, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return (fd >= 0 && fchdir(fd) == 0 && close(fd) == 0) || fails(f, KS_STAGE_SANDBOX);
}

static bool limit_resources(const struct plan *plan, struct failure *f) {
    for (uint32_t i = 0; i < plan->head->rlimits; i++) {
        const struct ks_rlimit *l = &plan->rlimits[i];
        struct rlimit limit = {l->soft, l->hard};
        if (setrlimit((__rlimit_resource_t)l->resource, &limit) != 0)
            return fails(f, KS_STAGE_RLIMIT);
    }
    return true;
}

/* By system call: libc's functions would change the init, whose memory this is, as well. */
static bool become_user(const struct plan *plan, struct failure *f) {
    const struct ks_plan *p = plan->head;
    if (!(p->flags & KS_SET_USER))
        return true;
    if (syscall(SYS_setgroups, p->groups, plan->groups) != 0 ||
        syscall(SYS_setresgid, p->gid, p->gid, p->gid) != 0 ||
        syscall(SYS_setresuid, p->uid, p->uid, p->uid) != 0)
        return fails(f, KS_STAGE_USER);
    return true;
}

static bool open_as(int target, const char *name, int flags, struct failure *f) {
    int fd = open(name, flags | O_CLOEXEC, 0644);
    return (fd >= 0 && dup2(fd, target) == target && close(fd) == 0) || fails(f, KS_STAGE_STDIO);
}

static bool open_stdio(const struct plan *plan, struct failure *f) {
    int append = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK;
    if (!open_as(STDIN_FILENO, "/dev/null", O_RDONLY, f) || !open_as(STDOUT_FILENO, plan->stdout_name, append, f) ||
        !open_as(STDERR_FILENO, plan->stderr_name, append, f))
        return false;
    /* Non-blocking was for the open alone, lest a FIFO of that name hold it up. */
    return (fcntl(STDOUT_FILENO, F_SETFL, O_APPEND) == 0 && fcntl(STDERR_FILENO, F_SETFL, O_APPEND) == 0) ||
           fails(f, KS_STAGE_STDIO);
}

static void unblock_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static const char *search_path(char *const *env) {
    for (; *env != NULL; env++)
        if (strncmp(*env, "PATH=", 5) == 0)
            return *env + 5;
    return DEFAULT_PATH;
}

/* Returns only when the command cannot be executed; errno says why. */
static void execute(char *const *args, char *const *env) {
    const char *name = args[0];
    if (strchr(name, '/') != NULL) {
        execve(name, args, env);
        return;
    }
    char file[4096];
    int error = ENOENT;
    for (const char *at = search_path(env); at != NULL;) {
        const char *colon = strchr(at, ':');
        int length = colon != NULL ? (int)(colon - at) : (int)strlen(at);
        int n = snprintf(file, sizeof file, "%.*s/%s", length, at, name);
        if (length > 0 && n > 0 && (size_t)n < sizeof file) {
            execve(file, args, env);
            if (errno == EACCES)
                error = EACCES;
            else if (errno != ENOENT && errno != ENOTDIR)
                return;
        }
        at = colon != NULL ? colon + 1 : NULL;
    }
    errno = error;
}

static void run_task(const struct plan *plan, bool dies_with_supervisor, struct failure *f) {
    setsid();
    if (!enter_sandbox(plan->sandbox, f) || !limit_resources(plan, f) || !become_user(plan, f) || !open_stdio(plan, f))
        return;
    if (dies_with_supervisor)
        die_with_supervisor_again();
    if ((plan->head->flags & KS_NO_NEW_PRIVS) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        fails(f, KS_STAGE_PRIVILEGES);
        return;
    }
    unblock_signals();
    execute(plan->args, plan->env);
    fails(f, KS_STAGE_EXEC);
}

static int task_main(void *argument) {
    struct task_start *start = argument;
    run_task(start->plan, false, &start->failure);
    _exit(127);
}

/* Returns when the task executed its command or failed to. */
static pid_t start_task(struct task_start *start) {
    static char stack[TASK_STACK_BYTES] __attribute__((aligned(16)));
    pid_t pid = clone(task_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, start);
    if (pid < 0)
        fails(&start->failure, KS_STAGE_FORK);
    return pid;
}

static void reap_until(pid_t task) {
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == task) {
            child_tell(CHILD_EXITED, status, 0);
            _exit(0);
        }
    }
}

/*
 * Signals wait blocked from before the clone on, so none is missed; SIGRTMAX carries the number of another. Those that
 * come from inside the container have a sender, and are let be as the kernel would for an init without handlers.
 */
static void __attribute__((noreturn)) be_init(pid_t task) {
    sigset_t all;
    sigfillset(&all);
    for (;;) {
        siginfo_t info;
        int signo = sigwaitinfo(&all, &info);
        if (signo == SIGCHLD)
            reap_until(task);
        else if (signo < 0 || info.si_pid != 0)
            continue;
        else if (signo == SIGRTMAX)
            kill(-task, info.si_value.sival_int);
        else
            kill(-task, signo);
    }
}

static void __attribute__((noreturn)) give_up(const struct failure *f) {
    child_tell(CHILD_FAILED, f->stage, f->error);
    _exit(127);
}

static void __attribute__((noreturn)) run_init(const struct plan *plan) {
    struct task_start start = {plan, {0, 0}};
    pid_t task = start_task(&start);
    if (start.failure.stage != 0)
        give_up(&start.failure);
    child_tell(CHILD_STARTED, 0, 0);
    be_init(task);
}

static void be_own_master(void) {
    setsid();
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void run_child(const struct plan *plan, int status_fd, bool in_cgroups) {
    struct failure failure = {0, 0};
    uint32_t flags = plan->head->flags;
    die_with_supervisor();
    keep_only_status(status_fd);
    if ((!in_cgroups && !enter_cgroups(plan, &failure)) || ((flags & KS_NEW_USER) && !map_ids(&failure)) ||
        !make_namespaces(flags, &failure) || !fill_namespaces(plan, &failure))
        give_up(&failure);
    if (!(flags & KS_NEW_PID)) {
        run_task(plan, true, &failure);
        give_up(&failure);
    }
    be_own_master();
    run_init(plan);
}

void become_ready(uint32_t flags) {
    struct failure failure = {0, 0};
    if (!make_namespaces(flags & READY_FLAGS, &failure))
        _exit(127);
    be_own_master();
}

/* The mounts are copied only now, so that they are the machine's as they are, and none was held by one that waits. */
void run_ready(const struct plan *plan) {
    struct failure failure = {0, 0};
    if (!make_namespaces(plan->head->flags & ~(uint32_t)READY_FLAGS, &failure) || !fill_namespaces(plan, &failure))
        give_up(&failure);
    run_init(plan);
}
