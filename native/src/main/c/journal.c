/*
 * What must survive the supervisor itself: which containers were started, and how each ended, until acknowledged.
 *
 * An append-only file of fixed records, each with its checksum; reading stops at the first record that is torn. It is
 * not forced to disk: a supervisor that is killed loses nothing that it wrote, and of a machine that is switched off
 * no container is left whose end could be told.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "supervisor.h"

#define RECORD_MAGIC 0x314A4B4Bu /* "KKJ1" */
#define EMPTY_ABOVE (256 * 1024)        /* truncated to nothing when nothing is held */
#define COMPACT_ABOVE (8 * 1024 * 1024) /* rewritten when mostly acknowledged records */

enum record_type { RECORD_STARTED = 1, RECORD_FAILED = 2, RECORD_EXITED = 3, RECORD_ACKNOWLEDGED = 4 };

struct record {
    uint32_t magic;
    uint32_t type;
    int64_t framework_id;
    int64_t task_id;
    uint64_t cookie;
    int32_t stage;
    int32_t error;
    int32_t wait_status;
    uint32_t exit_flags;
    int64_t started_epoch_ns;
    int64_t ended_epoch_ns;
    int64_t user_us;
    int64_t system_us;
    int64_t max_rss_bytes;
    uint32_t reserved;
    uint32_t checksum;
};

static int fd = -1;
static off_t size;
static char path[4096];
static char new_path[4096 + 8];

static uint32_t checksum(const struct record *r) {
    const unsigned char *p = (const unsigned char *)r;
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < offsetof(struct record, checksum); i++) {
        crc ^= p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xEDB88320u & (0u - (crc & 1)));
    }
    return ~crc;
}

static struct record record_of(const struct container *c, enum record_type type) {
    struct record r = {
        .magic = RECORD_MAGIC,
        .type = type,
        .framework_id = c->framework_id,
        .task_id = c->task_id,
        .cookie = c->cookie,
        .stage = c->stage,
        .error = c->error,
        .wait_status = c->wait_status,
        .exit_flags = c->exit_flags,
        .started_epoch_ns = c->started_epoch_ns,
        .ended_epoch_ns = c->ended_epoch_ns,
        .user_us = c->user_us,
        .system_us = c->system_us,
        .max_rss_bytes = c->max_rss_bytes,
    };
    r.checksum = checksum(&r);
    return r;
}

static void append(const struct container *c, enum record_type type) {
    struct record r = record_of(c, type);
    ssize_t n = write(fd, &r, sizeof r);
    if (n == (ssize_t)sizeof r) {
        size += n;
        return;
    }
    int error = n < 0 ? errno : ENOSPC;
    complain("could not append to", path, error);
    if (n > 0 && ftruncate(fd, size) != 0)
        complain("could not cut a torn record from", path, errno);
}

static void apply(const struct record *r) {
    struct container *c = container_by_key(r->framework_id, r->task_id);
    if (r->type == RECORD_ACKNOWLEDGED) {
        if (c != NULL && (c->state == FAILED || c->state == EXITED))
            container_free(c);
        return;
    }
    if (c == NULL)
        c = container_new(r->framework_id, r->task_id);
    if (c == NULL)
        return;
    c->cookie = r->cookie;
    c->stage = r->stage;
    c->error = r->error;
    c->wait_status = r->wait_status;
    c->exit_flags = r->exit_flags;
    c->started_epoch_ns = r->started_epoch_ns;
    c->user_us = r->user_us;
    c->system_us = r->system_us;
    c->max_rss_bytes = r->max_rss_bytes;
    if (r->type == RECORD_FAILED)
        container_failed(c, r->stage, r->error);
    else if (r->type == RECORD_EXITED) {
        container_exited(c);
        c->ended_epoch_ns = r->ended_epoch_ns;
    }
}

/* Nothing is appended meanwhile, for the journal is not open yet. */
static void read_back(int old_fd) {
    struct record r;
    while (read(old_fd, &r, sizeof r) == (ssize_t)sizeof r) {
        if (r.magic != RECORD_MAGIC || r.checksum != checksum(&r))
            break;
        apply(&r);
    }
}

static int write_anew(void) {
    int new_fd = open(new_path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (new_fd < 0)
        return -1;
    int old_fd = fd;
    off_t old_size = size;
    fd = new_fd;
    size = 0;
    off_t wanted = 0;
    for (unsigned i = 0; i < CONTAINERS_MAX; i++) {
        const struct container *c = &containers[i];
        if (c->state != FREE && c->state != STARTING) {
            append(c, c->state == RUNNING ? RECORD_STARTED : c->state == FAILED ? RECORD_FAILED : RECORD_EXITED);
            wanted += (off_t)sizeof(struct record);
        }
    }
    if (size == wanted && rename(new_path, path) == 0) {
        if (old_fd >= 0)
            close(old_fd);
        return 0;
    }
    int error = errno;
    close(new_fd);
    unlink(new_path);
    fd = old_fd;
    size = old_size;
    errno = error;
    return -1;
}

/* Whatever was started and not ended died with the supervisor that held it. */
static void mark_lost(void) {
    for (unsigned i = 0; i < CONTAINERS_MAX; i++) {
        struct container *c = &containers[i];
        if (c->state == STARTING || c->state == RUNNING) {
            c->exit_flags = KS_EXIT_LOST;
            container_exited(c);
        }
    }
}

int journal_open(const char *state_folder) {
    if ((size_t)snprintf(path, sizeof path, "%s/journal", state_folder) >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    snprintf(new_path, sizeof new_path, "%s.new", path);
    int old_fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (old_fd < 0 && errno != ENOENT)
        return -1;
    if (old_fd >= 0) {
        read_back(old_fd);
        close(old_fd);
        mark_lost();
    }
    return write_anew();
}

void journal_started(const struct container *c) {
    if (fd >= 0)
        append(c, RECORD_STARTED);
}

void journal_ended(const struct container *c) {
    if (fd >= 0)
        append(c, c->state == FAILED ? RECORD_FAILED : RECORD_EXITED);
}

void journal_acknowledged(const struct container *c) {
    append(c, RECORD_ACKNOWLEDGED);
}

/* Called when an acknowledged container is out of the table. */
void journal_tidy(void) {
    if (containers_count() == 0 && size > EMPTY_ABOVE) {
        if (ftruncate(fd, 0) == 0)
            size = 0;
    } else if (size > COMPACT_ABOVE && size > (off_t)(4 * containers_count() * sizeof(struct record))) {
        if (write_anew() != 0)
            complain("could not rewrite", path, errno);
    }
}
