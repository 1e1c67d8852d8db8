/*
 * kernos-supervisor: starts containers for an agent, outlives it, and remembers how they ended.
 *
 *   kernos-supervisor --socket PATH --state FOLDER
 *
 * Returns 0 once a daemon listens on the socket, 3 when one does already for that folder, 1 when it cannot.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "supervisor.h"

#define EXIT_RUNNING_ALREADY 3
#define EVENTS_A_TURN 256
#define HELD_UP_MS 10
#define KERNEL_SIGSET_BYTES 8

int epoll_fd = -1;
pid_t supervisor_pid;
int life_fd;
uid_t own_uid;
gid_t own_gid;

static int signal_fd = -1;
static int socket_fd = -1;
static bool ending;
static const char *socket_path;
static const char *state_folder;

int64_t clock_ns(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * (int64_t)1000000000 + t.tv_nsec;
}

void complain(const char *what, const char *on, int error) {
    char when[32];
    time_t now = time(NULL);
    struct tm utc;
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    fprintf(stderr, "%s %s %s: %s\n", when, what, on, strerror(error));
}

bool watch(int fd, void *what) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};
    return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

void begin_shutdown(void) {
    ending = true;
    for (unsigned i = 0; i < CONTAINERS_MAX; i++)
        container_kill(&containers[i]);
}

bool shutting_down(void) {
    return ending;
}

static int cannot(const char *what, const char *on) {
    fprintf(stderr, "kernos-supervisor: could not %s %s: %s\n", what, on, strerror(errno));
    return 1;
}

static bool parse_arguments(int argc, char **argv) {
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--socket") == 0)
            socket_path = argv[i + 1];
        else if (strcmp(argv[i], "--state") == 0)
            state_folder = argv[i + 1];
        else
            return false;
    }
    return argc == 5 && socket_path != NULL && state_folder != NULL && socket_path[0] == '/' && state_folder[0] == '/';
}

/* The lock is the open file's, so the daemon, forked later, keeps it. */
static int lock_state(void) {
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/lock", state_folder) >= sizeof path)
        return -1;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 ? 0 : -1;
}

static void reset_signals(void) {
    /* By system call: libc hides the two signals that it keeps for itself, and a JVM leaves them ignored. */
    static const char defaults[64];
    for (int signo = 1; signo < NSIG; signo++)
        syscall(SYS_rt_sigaction, signo, defaults, NULL, KERNEL_SIGSET_BYTES);
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
}

static bool make_loop(void) {
    sigset_t taken;
    sigemptyset(&taken);
    sigaddset(&taken, SIGCHLD);
    sigaddset(&taken, SIGTERM);
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    signal_fd = signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
    return epoll_fd >= 0 && signal_fd >= 0 && watch(signal_fd, &signal_fd) && watch(socket_fd, &socket_fd);
}

/* A lock that is the process' alone: no copy of the descriptor has it, so a child can see whether this process lives. */
static bool show_life(void) {
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    supervisor_pid = getpid();
    life_fd = memfd_create("life", MFD_CLOEXEC);
    return life_fd >= 0 && fcntl(life_fd, F_SETLK, &all) == 0;
}

/* What is wrong before all stands is printed to the starter, what comes later to the log. */
static int set_up_daemon(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s/supervisor.log", state_folder);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0)
        return cannot("open", "/dev/null");
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (log < 0)
        return cannot("open", path);
    if (chdir("/") != 0)
        return cannot("enter", "/");
    if (!make_loop())
        return cannot("watch", socket_path);
    if (!show_life())
        return cannot("lock", "a file in memory");
    return dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(log, 2) < 0 ? cannot("write to", path) : 0;
}

/*
 * The daemon is nobody's child and in nobody's session, so nothing that ends the agent ends it. The starter returns when
 * the daemon stands, or has said why it cannot.
 */
static int become_daemon(void) {
    int word[2];
    if (pipe2(word, O_CLOEXEC) != 0)
        return cannot("make a pipe to", "the daemon");
    pid_t pid = fork();
    if (pid < 0)
        return cannot("fork", "the daemon");
    if (pid > 0) {
        char ready;
        close(word[1]);
        _exit(read(word[0], &ready, 1) == 1 ? 0 : 1);
    }
    close(word[0]);
    setsid();
    int status = set_up_daemon();
    if (status == 0 && write(word[1], "", 1) != 1)
        complain("could not tell", "the starter that it stands", errno);
    close(word[1]);
    return status;
}

static void raise_file_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static void read_signals(void) {
    struct signalfd_siginfo info;
    while (read(signal_fd, &info, sizeof info) == (ssize_t)sizeof info)
        if (info.ssi_signo == SIGTERM)
            begin_shutdown();
    reap_children();
}

/* An end that could not be told apart may wait for what the nest tells. */
static void nest_told(struct nest *n) {
    nest_read(n);
    reap_children();
}

static void turn(void) {
    struct epoll_event events[EVENTS_A_TURN];
    int n = epoll_wait(epoll_fd, events, EVENTS_A_TURN, reaping_held_up() ? HELD_UP_MS : -1);
    if (n == 0)
        reap_children();
    for (int i = 0; i < n; i++) {
        void *what = events[i].data.ptr;
        if (what == &signal_fd)
            read_signals();
        else if (what == &socket_fd)
            link_accept();
        else if (what >= (void *)containers && what < (void *)(containers + CONTAINERS_MAX))
            read_status(what);
        else if (what >= (void *)nests && what < (void *)(nests + NESTS_MAX))
            nest_told(what);
        else
            link_event(events[i].events);
    }
    link_flush();
}

int main(int argc, char **argv) {
    if (!parse_arguments(argc, argv)) {
        fprintf(stderr, "usage: kernos-supervisor --socket PATH --state FOLDER (both absolute)\n");
        return 2;
    }
    if (mkdir(state_folder, 0700) != 0 && errno != EEXIST)
        return cannot("make", state_folder);
    if (lock_state() != 0)
        return errno == EWOULDBLOCK ? EXIT_RUNNING_ALREADY : cannot("lock", state_folder);
    own_uid = geteuid();
    own_gid = getegid();
    umask(022);
    raise_file_limit();
    reset_signals();
    if (journal_open(state_folder) != 0)
        return cannot("read the journal in", state_folder);
    if ((socket_fd = link_listen(socket_path)) < 0)
        return cannot("listen on", socket_path);
    if (become_daemon() != 0) {
        unlink(socket_path);
        return 1;
    }
    while (!ending || containers_alive() > 0)
        turn();
    nests_end();
    unlink(socket_path);
    return 0;
}
