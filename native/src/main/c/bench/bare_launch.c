/*
 * kernos-bare-launch: what starting a process costs with nothing but the kernel, for benchmarks to be compared with.
 *
 *   kernos-bare-launch [-n COUNT] [-p PARALLEL] [-i INTERVAL_US] [-c CGROUP_PARENT]... [-- COMMAND ARGS...]
 *
 * Runs COMMAND (/bin/true) COUNT times by (a) posix_spawn and wait, and (b) clone3 with new pid, mount, uts and ipc
 * namespaces, private mounts, a new /proc, entry into the control groups, exec and wait; PARALLEL workers at a time.
 * With -i a worker begins one at each interval rather than as soon as the last has ended, which finds caches cold and
 * processors asleep. Prints one line a mode:
 *
 *   mode=spawn parallel=1 count=1000 rate=1234.5 start_p50_us=… start_p99_us=… exit_p50_us=… exit_p99_us=…
 *
 * where start is from the call to the exec done, exit from the call to the child reaped. Each -c names a folder of a
 * cgroup hierarchy in which one cgroup a worker is made, used again for each run, and removed; of the unified hierarchy
 * it is cloned into, of others entered through cgroup.procs. Without root mode (b) adds a user namespace.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CGROUPS_MAX 8
#define COUNT_MAX 1000000
#define PARALLEL_MAX 256
#define PATH_BYTES 512
#define INTERVAL_US_MAX 10000000

struct sample {
    int64_t start_ns;
    int64_t exit_ns;
};

static int count = 1000;
static int parallel = 1;
static int interval_us;
static int cgroups;
static const char *parents[CGROUPS_MAX];
static char default_program[] = "/bin/true";
static char *default_command[] = {default_program, NULL};
static char **command = default_command;
static struct sample *samples;
static bool rootless;
static pid_t main_pid;
static uid_t uid;
static gid_t gid;

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * (int64_t)1000000000 + t.tv_nsec;
}

static void __attribute__((noreturn)) die(const char *what) {
    fprintf(stderr, "kernos-bare-launch: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void must_end_well(pid_t pid) {
    int status;
    if (waitpid(pid, &status, 0) != pid || status != 0) {
        fprintf(stderr, "kernos-bare-launch: %s ended with wait status %d\n", command[0], status);
        exit(1);
    }
}

/* posix_spawn returns once exec succeeded. */
static void by_spawn(struct sample *s) {
    pid_t pid;
    int64_t begun = now_ns();
    int error = posix_spawn(&pid, command[0], NULL, NULL, command, environ);
    if (error != 0) {
        errno = error;
        die(command[0]);
    }
    s->start_ns = now_ns() - begun;
    must_end_well(pid);
    s->exit_ns = now_ns() - begun;
}

static void cgroup_path(char *path, const char *parent, int worker, const char *file) {
    snprintf(path, PATH_BYTES, "%s/bare-%d-%d%s", parent, (int)main_pid, worker, file);
}

static bool unified(const char *parent) {
    struct statfs fs;
    if (statfs(parent, &fs) != 0)
        die(parent);
    return fs.f_type == CGROUP2_SUPER_MAGIC;
}

static void put(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, text, strlen(text)) < 0)
        die(path);
    close(fd);
}

static void map_ids(void) {
    char map[64];
    put("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1", uid, uid);
    put("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "%u %u 1", gid, gid);
    put("/proc/self/gid_map", map);
}

struct worker {
    int procs[CGROUPS_MAX]; /* cgroup.procs of each v1 cgroup */
    int procs_count;
    int folder; /* v2 cgroup to clone into, or -1 */
};

static void __attribute__((noreturn)) contained_child(const struct worker *w) {
    for (int i = 0; i < w->procs_count; i++)
        if (write(w->procs[i], "0", 1) != 1)
            die("cgroup.procs");
    if (rootless)
        map_ids();
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        die("private mounts");
    if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0)
        die("mount /proc");
    execv(command[0], command);
    die(command[0]);
}

/* The pipe closes when exec succeeded. */
static void by_clone(const struct worker *w, struct sample *s) {
    int pipe_fds[2];
    struct clone_args args = {
        .flags = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC,
        .exit_signal = SIGCHLD,
    };
    if (rootless)
        args.flags |= CLONE_NEWUSER;
    if (w->folder >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)w->folder;
    }
    int64_t begun = now_ns();
    if (pipe2(pipe_fds, O_CLOEXEC) != 0)
        die("pipe2");
    pid_t pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
    if (pid == 0)
        contained_child(w);
    if (pid < 0)
        die("clone3");
    close(pipe_fds[1]);
    char byte;
    if (read(pipe_fds[0], &byte, 1) != 0)
        die("start pipe");
    s->start_ns = now_ns() - begun;
    close(pipe_fds[0]);
    must_end_well(pid);
    s->exit_ns = now_ns() - begun;
}

static struct worker open_worker(int number) {
    struct worker w = {.folder = -1};
    char path[PATH_BYTES];
    for (int i = 0; i < cgroups; i++) {
        cgroup_path(path, parents[i], number, "");
        if (mkdir(path, 0755) != 0)
            die(path);
        if (unified(parents[i])) {
            w.folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
            continue;
        }
        cgroup_path(path, parents[i], number, "/cgroup.procs");
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        if (fd < 0)
            die(path);
        w.procs[w.procs_count++] = fd;
    }
    return w;
}

/* The kernel counts a process for an instant after it was reaped. */
static void remove_cgroups(int worker) {
    const struct timespec pause = {.tv_nsec = 1000000};
    char path[PATH_BYTES];
    for (int i = 0; i < cgroups; i++) {
        cgroup_path(path, parents[i], worker, "");
        for (int attempt = 0; rmdir(path) != 0 && errno == EBUSY && attempt < 1000; attempt++)
            nanosleep(&pause, NULL);
    }
}

static void sleep_until(int64_t due_ns) {
    struct timespec due = {.tv_sec = due_ns / 1000000000, .tv_nsec = due_ns % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR) {
    }
}

static void run_worker(int number, bool contained) {
    struct worker w = {.folder = -1};
    if (contained)
        w = open_worker(number);
    int64_t due_ns = now_ns();
    for (int i = number; i < count; i += parallel) {
        due_ns += interval_us * (int64_t)1000;
        if (interval_us > 0)
            sleep_until(due_ns);
        if (contained)
            by_clone(&w, &samples[i]);
        else
            by_spawn(&samples[i]);
    }
}

static int by_start(const void *a, const void *b) {
    int64_t x = ((const struct sample *)a)->start_ns, y = ((const struct sample *)b)->start_ns;
    return (x > y) - (x < y);
}

static int by_exit(const void *a, const void *b) {
    int64_t x = ((const struct sample *)a)->exit_ns, y = ((const struct sample *)b)->exit_ns;
    return (x > y) - (x < y);
}

static void report(const char *mode, int64_t took_ns) {
    int p50 = count / 2, p99 = (int)((int64_t)count * 99 / 100);
    qsort(samples, (size_t)count, sizeof *samples, by_start);
    double start50 = (double)samples[p50].start_ns / 1e3, start99 = (double)samples[p99].start_ns / 1e3;
    qsort(samples, (size_t)count, sizeof *samples, by_exit);
    printf("mode=%s parallel=%d count=%d rate=%.1f start_p50_us=%.1f start_p99_us=%.1f exit_p50_us=%.1f exit_p99_us=%.1f\n",
           mode, parallel, count, (double)count * 1e9 / (double)took_ns, start50, start99,
           (double)samples[p50].exit_ns / 1e3, (double)samples[p99].exit_ns / 1e3);
    fflush(stdout);
}

static void run_mode(const char *mode, bool contained) {
    int64_t begun = now_ns();
    for (int i = 0; i < parallel; i++) {
        pid_t pid = fork();
        if (pid < 0)
            die("fork");
        if (pid == 0) {
            run_worker(i, contained);
            _exit(0);
        }
    }
    bool failed = false;
    for (int i = 0; i < parallel; i++) {
        int status;
        failed |= wait(&status) < 0 || status != 0;
    }
    int64_t took_ns = now_ns() - begun;
    for (int i = 0; contained && i < parallel; i++)
        remove_cgroups(i);
    if (failed)
        exit(1);
    report(mode, took_ns);
}

static int number_in(const char *text, int max) {
    char *end;
    long value = strtol(text, &end, 10);
    if (*end != 0 || value < 1 || value > max) {
        fprintf(stderr, "kernos-bare-launch: %s: give 1 to %d\n", text, max);
        exit(2);
    }
    return (int)value;
}

static void parse(int argc, char **argv) {
    for (int option; (option = getopt(argc, argv, "n:p:i:c:")) != -1;) {
        if (option == 'n')
            count = number_in(optarg, COUNT_MAX);
        else if (option == 'p')
            parallel = number_in(optarg, PARALLEL_MAX);
        else if (option == 'i')
            interval_us = number_in(optarg, INTERVAL_US_MAX);
        else if (option == 'c' && cgroups < CGROUPS_MAX)
            parents[cgroups++] = optarg;
        else
            exit(2);
    }
    if (optind < argc)
        command = argv + optind;
}

int main(int argc, char **argv) {
    parse(argc, argv);
    main_pid = getpid();
    uid = geteuid();
    gid = getegid();
    rootless = uid != 0;
    size_t bytes = (size_t)count * sizeof *samples;
    samples = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (samples == MAP_FAILED)
        die("mmap");
    run_mode("spawn", false);
    run_mode("clone", true);
    return 0;
}
