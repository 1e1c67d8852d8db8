/*
 * The socket to the agent. One agent at a time: a new connection replaces the old one.
 *
 * Nothing that is to be told is lost by a full socket or an absent agent: what is told about a container is made from
 * its entry in the table when there is room, and told again on LIST. Only short answers are queued; while they cannot
 * be sent nothing more is read, so the queue is bounded.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "supervisor.h"

#define PACKETS_A_TURN 32
#define SOCKET_BUFFER_BYTES (1024 * 1024)
#define WANT_PAUSE_US 10000

union reply {
    struct ks_header header;
    struct ks_hello hello;
    struct ks_starting starting;
    struct ks_started started;
    struct ks_failed failed;
    struct ks_exited exited;
};

static int listen_fd = -1;
static int link_fd = -1;
static int reserve_fd = -1; /* given up to turn a connection away when there is no other descriptor */
static uint32_t watched;
static uint64_t instance;
static char packet[KS_MESSAGE_MAX] __attribute__((aligned(16)));
static size_t packet_length;
static struct plan plan;
static union reply replies[PACKETS_A_TURN + 1];
static unsigned replies_count;
static struct container *pending_head;
static struct container *pending_tail;
static bool list_end_pending;

static void watch_link(uint32_t events) {
    if (link_fd < 0 || watched == events)
        return;
    struct epoll_event event = {.events = events, .data.ptr = &link_fd};
    if (epoll_ctl(epoll_fd, watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, link_fd, &event) != 0)
        complain("could not watch", "the agent's connection", errno);
    watched = events;
}

static void forget_pending(void) {
    while (pending_head != NULL) {
        struct container *c = pending_head;
        pending_head = c->next_pending;
        c->next_pending = NULL;
        c->pending = 0;
    }
    pending_tail = NULL;
    list_end_pending = false;
    replies_count = 0;
}

static void close_link(void) {
    if (link_fd >= 0)
        close(link_fd);
    link_fd = -1;
    watched = 0;
    forget_pending();
}

static struct ks_header header(uint16_t type, size_t length, int64_t framework_id, int64_t task_id) {
    return (struct ks_header){(uint32_t)length, KS_VERSION, type, framework_id, task_id};
}

/* False when it is to be tried again later. */
static bool send_reply(const union reply *r) {
    if (link_fd < 0)
        return true;
    if (send(link_fd, r, r->header.length, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
        return true;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS)
        return false;
    close_link();
    return true;
}

static void answer(const union reply *r) {
    replies[replies_count++] = *r;
}

static void answer_hello(uint16_t type, const struct ks_header *to) {
    union reply r = {.hello = {
                         .header = header(type, sizeof r.hello, to->framework_id, to->task_id),
                         .instance = instance,
                         .pid = getpid(),
                         .containers = containers_count(),
                     }};
    answer(&r);
}

/* Said at the 1st, 2nd, 4th, 8th … refusal, so that a flood of nonsense does not fill the disk. */
static void complain_seldom(const char *why, int32_t error) {
    static uint64_t refused;
    refused++;
    if ((refused & (refused - 1)) == 0)
        complain("refused a request", why, error);
}

static void refuse(const struct ks_header *to, int32_t stage, int32_t error, const char *why) {
    union reply r = {.failed = {
                         .header = header(KS_REFUSED, sizeof r.failed, to->framework_id, to->task_id),
                         .stage = stage,
                         .error = error,
                     }};
    complain_seldom(why, error);
    answer(&r);
}

static bool tell_starting(const struct container *c) {
    union reply r = {.starting = {
                         .header = header(KS_STARTING, sizeof r.starting, c->framework_id, c->task_id),
                         .cookie = c->cookie,
                     }};
    return send_reply(&r);
}

static bool tell_started(const struct container *c, bool listed) {
    union reply r = {.started = {
                         .header = header(KS_STARTED, sizeof r.started, c->framework_id, c->task_id),
                         .cookie = c->cookie,
                         .pid = c->pid,
                         .listed = listed,
                         .epoch_ns = c->started_epoch_ns,
                         .received_ns = c->received_ns,
                         .started_ns = c->started_ns,
                     }};
    return send_reply(&r);
}

static bool tell_failed(const struct container *c) {
    union reply r = {.failed = {
                         .header = header(KS_FAILED, sizeof r.failed, c->framework_id, c->task_id),
                         .cookie = c->cookie,
                         .stage = c->stage,
                         .error = c->error,
                     }};
    return send_reply(&r);
}

static bool tell_exited(const struct container *c) {
    union reply r = {.exited = {
                         .header = header(KS_EXITED, sizeof r.exited, c->framework_id, c->task_id),
                         .cookie = c->cookie,
                         .wait_status = c->wait_status,
                         .flags = c->exit_flags,
                         .user_us = c->user_us,
                         .system_us = c->system_us,
                         .max_rss_bytes = c->max_rss_bytes,
                         .epoch_ns = c->ended_epoch_ns,
                     }};
    return send_reply(&r);
}

/* What failed since it was listed as starting is told by its end alone. */
static bool tell_life(const struct container *c) {
    if (!(c->pending & (TELL_STARTED | TELL_LISTED)) || c->state == FAILED)
        return true;
    return c->state == STARTING ? tell_starting(c) : tell_started(c, c->pending & TELL_LISTED);
}

static bool tell_pending(struct container *c) {
    if (!tell_life(c))
        return false;
    c->pending &= ~(unsigned)(TELL_STARTED | TELL_LISTED);
    if ((c->pending & TELL_END) && !(c->state == FAILED ? tell_failed(c) : tell_exited(c)))
        return false;
    c->pending = 0;
    return true;
}

void link_tell(struct container *c, unsigned what) {
    if (link_fd < 0)
        return;
    if (c->pending == 0) {
        c->next_pending = NULL;
        if (pending_tail != NULL)
            pending_tail->next_pending = c;
        else
            pending_head = c;
        pending_tail = c;
    }
    c->pending |= what;
}

void link_forget(struct container *c) {
    if (c->pending == 0)
        return;
    struct container *before = NULL;
    for (struct container *at = pending_head; at != NULL && at != c; at = at->next_pending)
        before = at;
    if (before != NULL)
        before->next_pending = c->next_pending;
    else
        pending_head = c->next_pending;
    if (pending_tail == c)
        pending_tail = before;
    c->pending = 0;
}

static bool flush_replies(void) {
    unsigned sent = 0;
    while (sent < replies_count && send_reply(&replies[sent]))
        sent++;
    if (sent >= replies_count) {
        replies_count = 0;
        return true;
    }
    memmove(replies, replies + sent, (replies_count - sent) * sizeof replies[0]);
    replies_count -= sent;
    return false;
}

static bool flush_containers(void) {
    while (pending_head != NULL) {
        struct container *c = pending_head;
        if (!tell_pending(c))
            return false;
        if (pending_head != c)
            return true; /* the connection was closed under us */
        pending_head = c->next_pending;
        if (pending_head == NULL)
            pending_tail = NULL;
        c->next_pending = NULL;
    }
    return true;
}

static bool flush_list_end(void) {
    union reply r = {.header = header(KS_LIST_END, sizeof r.header, 0, 0)};
    if (!list_end_pending)
        return true;
    if (!send_reply(&r))
        return false;
    list_end_pending = false;
    return true;
}

void link_flush(void) {
    if (link_fd < 0)
        return;
    bool all = flush_replies() && flush_containers() && flush_list_end();
    watch_link(all ? EPOLLIN : EPOLLOUT);
}

static void on_launch(const struct ks_header *h, size_t length) {
    const char *wrong = plan_parse(packet, length, &plan);
    if (wrong != NULL) {
        refuse(h, KS_STAGE_PLAN, EINVAL, wrong);
        return;
    }
    if (shutting_down()) {
        refuse(h, KS_STAGE_KEY, ESHUTDOWN, "shutting down");
        return;
    }
    if (container_by_key(h->framework_id, h->task_id) != NULL) {
        refuse(h, KS_STAGE_KEY, EEXIST, "a container of that key is known");
        return;
    }
    struct container *c = container_new(h->framework_id, h->task_id);
    if (c == NULL) {
        refuse(h, KS_STAGE_KEY, ENOSPC, "the table of containers is full");
        return;
    }
    c->cookie = plan.head->cookie;
    c->received_ns = clock_ns(CLOCK_MONOTONIC);
    launch(c, &plan);
}

static void on_signal(const struct ks_header *h, size_t length) {
    const struct ks_signal *s = (const void *)packet;
    if (length != sizeof *s || s->signo < 1 || s->signo > 64) {
        refuse(h, KS_STAGE_PLAN, EINVAL, "signal is malformed");
        return;
    }
    struct container *c = container_by_key(h->framework_id, h->task_id);
    if (c != NULL)
        container_signal(c, s->signo);
}

static void on_acknowledged(const struct ks_header *h) {
    struct container *c = container_by_key(h->framework_id, h->task_id);
    if (c == NULL || (c->state != FAILED && c->state != EXITED))
        return;
    journal_acknowledged(c);
    container_free(c);
    journal_tidy();
}

static void on_list(void) {
    for (unsigned i = 0; i < CONTAINERS_MAX; i++) {
        struct container *c = &containers[i];
        if (c->state == STARTING || c->state == RUNNING)
            link_tell(c, TELL_LISTED);
        else if (c->state == FAILED || c->state == EXITED)
            link_tell(c, TELL_END);
    }
    list_end_pending = true;
}

static void on_kill(const struct ks_header *h) {
    struct container *c = container_by_key(h->framework_id, h->task_id);
    if (c != NULL)
        container_kill(c);
}

static void on_packet(size_t length) {
    static const struct ks_header nobody;
    const struct ks_header *h = (const void *)packet;
    if (length < sizeof *h || length > sizeof packet || h->length != length) {
        refuse(length < sizeof *h ? &nobody : h, KS_STAGE_PLAN, EMSGSIZE, "packet is cut off or too long");
        return;
    }
    if (h->version != KS_VERSION) {
        refuse(h, KS_STAGE_PLAN, EPROTO, "version is not spoken here");
        return;
    }
    if (h->type != KS_LAUNCH && h->type != KS_SIGNAL && length != sizeof *h) {
        refuse(h, KS_STAGE_PLAN, EMSGSIZE, "request is longer than its header");
        return;
    }
    switch (h->type) {
    case KS_LAUNCH: on_launch(h, length); break;
    case KS_SIGNAL: on_signal(h, length); break;
    case KS_KILL: on_kill(h); break;
    case KS_ACK: on_acknowledged(h); break;
    case KS_LIST: on_list(); break;
    case KS_SHUTDOWN: begin_shutdown(); break;
    case KS_PING: answer_hello(KS_PONG, h); break;
    default: refuse(h, KS_STAGE_PLAN, EOPNOTSUPP, "request is unknown"); break;
    }
}

/* What a longer packet left behind would otherwise be in the memory of the next container's init. */
static void wipe_rest(size_t length) {
    if (length < packet_length)
        memset(packet + length, 0, packet_length - length);
    packet_length = length < sizeof packet ? length : sizeof packet;
}

void link_event(uint32_t events) {
    if (!(events & (EPOLLIN | EPOLLHUP | EPOLLERR)) || replies_count > 0)
        return;
    for (unsigned i = 0; i < PACKETS_A_TURN && link_fd >= 0; i++) {
        ssize_t n = recv(link_fd, packet, sizeof packet, MSG_DONTWAIT | MSG_TRUNC);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            close_link();
            return;
        }
        wipe_rest((size_t)n);
        on_packet((size_t)n);
    }
}

/* Root in a container has root's uid, or the supervisor's own: what tells it apart is its pid namespace. */
static bool shares_pid_namespace(pid_t pid) {
    char path[32];
    struct stat ours, theirs;
    snprintf(path, sizeof path, "/proc/%d/ns/pid", pid);
    return pid > 0 && stat("/proc/self/ns/pid", &ours) == 0 && stat(path, &theirs) == 0 &&
           ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

static bool peer_is_ours(int fd) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0)
        return false;
    return (peer.uid == 0 || peer.uid == geteuid()) && shares_pid_namespace(peer.pid);
}

static void keep_reserve(void) {
    if (reserve_fd < 0)
        reserve_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* Left waiting it would wake the loop for ever. */
static void turn_away_for_want(int error) {
    if (reserve_fd >= 0)
        close(reserve_fd);
    reserve_fd = -1;
    int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd >= 0)
        close(fd);
    else
        usleep(WANT_PAUSE_US);
    keep_reserve();
    complain_seldom("no descriptor is left for a connection", error);
}

void link_accept(void) {
    int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            turn_away_for_want(errno);
        return;
    }
    if (!peer_is_ours(fd)) {
        complain("turned away", "a connection of another user or from a container", EPERM);
        close(fd);
        return;
    }
    static const struct ks_header nobody;
    int bytes = SOCKET_BUFFER_BYTES;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    close_link();
    link_fd = fd;
    answer_hello(KS_HELLO, &nobody);
}

static int bind_privately(int fd, const struct sockaddr_un *address) {
    mode_t before = umask(077);
    int result = bind(fd, (const struct sockaddr *)address, sizeof *address);
    umask(before);
    return result;
}

int link_listen(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    if (getrandom(&instance, sizeof instance, 0) != (ssize_t)sizeof instance)
        return -1;
    instance |= 1; /* 0 stands for none */
    keep_reserve();
    listen_fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listen_fd < 0 || (unlink(path) != 0 && errno != ENOENT) || bind_privately(listen_fd, &address) != 0)
        return -1;
    return listen(listen_fd, 8) == 0 ? listen_fd : -1;
}
