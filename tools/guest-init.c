/*
 * The first process of the machine that tools/guest starts: brings the kernel to where a command can run on the
 * host's files, runs it, and ends the machine with its exit status.
 *
 * The host's root folder comes through virtiofs, read-only; what is written goes into memory above it. Control groups
 * are version 2 with all controllers.
 *
 *   /modules.list   names of kernel modules in /, in the order in which they are to be loaded
 *   /command        NUL-terminated: folder, then argument after argument
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define OUTPUT "/dev/ttyS1"
#define EXIT_PORT 0xf4 /* of QEMU's isa-debug-exit: it ends with twice the value written, plus one */
#define COMMAND_MAX 65536
#define ARGS_MAX 1024
#define STATUS_MAX 126 /* twice it, and one, is still an exit status */
#define NOT_RUN 125

static void end_machine(int status) {
    sync();
    if (ioperm(EXIT_PORT, 4, 1) == 0)
        outl((unsigned)(status > STATUS_MAX ? STATUS_MAX : status), EXIT_PORT);
    reboot(RB_POWER_OFF);
    pause();
}

static void must(int result, const char *what) {
    if (result >= 0)
        return;
    dprintf(STDERR_FILENO, "guest: cannot %s: %s\n", what, strerror(errno));
    end_machine(NOT_RUN);
}

static void mount_new(const char *type, const char *source, const char *at, unsigned long flags, const char *options) {
    char what[512];
    snprintf(what, sizeof what, "mount %s at %s", type, at);
    if (mkdir(at, 0755) != 0 && errno != EEXIST)
        must(-1, at);
    must(mount(source, at, type, flags, options), what);
}

static void load_modules(void) {
    char name[256];
    FILE *list = fopen("/modules.list", "re");
    must(list != NULL ? 0 : -1, "read /modules.list");
    while (fscanf(list, "%255s", name) == 1) {
        int fd = open(name, O_RDONLY | O_CLOEXEC);
        must(fd, name);
        if (syscall(SYS_finit_module, fd, "", 0) != 0 && errno != EEXIST)
            must(-1, name);
        close(fd);
    }
    fclose(list);
}

static void make_root(void) {
    mount_new("tmpfs", "tmpfs", "/above", 0, "size=75%");
    must(mkdir("/above/files", 0755), "make /above/files");
    must(mkdir("/above/work", 0755), "make /above/work");
    mount_new("virtiofs", "host", "/host", MS_RDONLY, NULL);
    mount_new("overlay", "overlay", "/root", 0, "lowerdir=/host,upperdir=/above/files,workdir=/above/work");
    must(chdir("/root"), "enter /root");
    mount_new("devtmpfs", "dev", "dev", 0, NULL);
    mount_new("devpts", "devpts", "dev/pts", 0, NULL);
    mount_new("tmpfs", "shm", "dev/shm", 0, NULL);
    mount_new("proc", "proc", "proc", 0, NULL);
    mount_new("sysfs", "sys", "sys", 0, NULL);
    mount_new("cgroup2", "cgroup2", "sys/fs/cgroup", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
    mount_new("tmpfs", "run", "run", 0, NULL);
    must(mount(".", "/", NULL, MS_MOVE, NULL), "make /root the root");
    must(chroot("."), "enter the new root");
    must(chdir("/"), "enter the new root");
    symlink("/proc/self/fd", "/dev/fd");
}

static void wake_loopback(void) {
    struct ifreq loopback = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    must(fd, "make a socket");
    must(ioctl(fd, SIOCSIFFLAGS, &loopback), "wake the loopback device");
    close(fd);
}

static char *read_command(char *args[ARGS_MAX + 1]) {
    static char text[COMMAND_MAX];
    int fd = open("/command", O_RDONLY | O_CLOEXEC);
    must(fd, "read /command");
    ssize_t length = read(fd, text, sizeof text - 1);
    must((int)length, "read /command");
    close(fd);
    int count = 0;
    for (char *at = text + strlen(text) + 1; at < text + length && count < ARGS_MAX; at += strlen(at) + 1)
        args[count++] = at;
    args[count] = NULL;
    return text;
}

/* As bytes: a terminal would add a carriage return to each line. */
static int open_output(void) {
    struct termios line;
    int out = open(OUTPUT, O_RDWR | O_NOCTTY);
    must(out, "open " OUTPUT);
    must(tcgetattr(out, &line), "ask " OUTPUT);
    cfmakeraw(&line);
    must(tcsetattr(out, TCSANOW, &line), "set " OUTPUT);
    return out;
}

static void run(const char *folder, char **args) {
    int out = open_output();
    int nothing = open("/dev/null", O_RDONLY);
    must(nothing, "open /dev/null");
    dup2(nothing, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    close_range(3, ~0u, 0);
    setsid();
    must(chdir(folder), folder);
    execvp(args[0], args);
    must(-1, args[0]);
}

/* Whatever is left without a parent is this process' to reap. */
static int await(pid_t command) {
    for (;;) {
        int status;
        pid_t ended = wait(&status);
        must(ended, "wait");
        if (ended == command)
            return WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_MAX;
    }
}

int main(void) {
    static char *args[ARGS_MAX + 1];
    must(mkdir("/proc", 0755) == 0 || errno == EEXIST ? 0 : -1, "make /proc");
    load_modules();
    char *folder = read_command(args);
    make_root();
    wake_loopback();
    must(sethostname("guest", 5), "name the machine");
    pid_t command = fork();
    must(command, "fork");
    if (command == 0)
        run(folder, args);
    int status = await(command);
    fflush(NULL);
    end_machine(status);
}
