/* The table of containers, found by key and by process, and the one place where their states change. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "supervisor.h"

#define BUCKETS 32768 /* power of two */

struct container containers[CONTAINERS_MAX];

static struct container *by_key[BUCKETS];
static struct container *by_pid[BUCKETS];
static struct container *free_list;
static unsigned used;   /* entries ever taken from the array */
static unsigned count;  /* entries in use */
static unsigned alive;  /* entries STARTING or RUNNING */

unsigned containers_count(void) {
    return count;
}

unsigned containers_alive(void) {
    return alive;
}

static struct container **key_bucket(int64_t framework_id, int64_t task_id) {
    uint64_t h = (uint64_t)framework_id * 0x9E3779B97F4A7C15u ^ (uint64_t)task_id;
    h *= 0xD6E8FEB86659FD93u;
    return &by_key[(h >> 32) & (BUCKETS - 1)];
}

static struct container **pid_bucket(pid_t pid) {
    return &by_pid[(unsigned)pid & (BUCKETS - 1)];
}

struct container *container_by_key(int64_t framework_id, int64_t task_id) {
    struct container *c = *key_bucket(framework_id, task_id);
    while (c != NULL && (c->framework_id != framework_id || c->task_id != task_id))
        c = c->next_by_key;
    return c;
}

struct container *container_by_pid(pid_t pid) {
    struct container *c = *pid_bucket(pid);
    while (c != NULL && c->pid != pid)
        c = c->next_by_pid;
    return c;
}

/* NULL when the table is full. */
struct container *container_new(int64_t framework_id, int64_t task_id) {
    struct container *c = free_list;
    if (c != NULL)
        free_list = c->next_by_key;
    else if (used < CONTAINERS_MAX)
        c = &containers[used++];
    else
        return NULL;
    memset(c, 0, sizeof *c);
    c->framework_id = framework_id;
    c->task_id = task_id;
    c->status_fd = -1;
    c->state = STARTING;
    struct container **bucket = key_bucket(framework_id, task_id);
    c->next_by_key = *bucket;
    *bucket = c;
    count++;
    alive++;
    return c;
}

void container_has_pid(struct container *c, pid_t pid) {
    struct container **bucket = pid_bucket(pid);
    c->pid = pid;
    c->next_by_pid = *bucket;
    *bucket = c;
}

void container_lost_pid(struct container *c) {
    struct container **link = pid_bucket(c->pid);
    while (*link != NULL && *link != c)
        link = &(*link)->next_by_pid;
    if (*link == c)
        *link = c->next_by_pid;
    c->next_by_pid = NULL;
}

void container_free(struct container *c) {
    struct container **link = key_bucket(c->framework_id, c->task_id);
    while (*link != c)
        link = &(*link)->next_by_key;
    *link = c->next_by_key;
    link_forget(c);
    c->state = FREE;
    c->next_by_key = free_list;
    free_list = c;
    count--;
}

void container_started(struct container *c, int64_t monotonic_ns) {
    if (c->state != STARTING)
        return;
    int64_t now = clock_ns(CLOCK_MONOTONIC);
    c->state = RUNNING;
    c->started_ns = monotonic_ns;
    c->started_epoch_ns = clock_ns(CLOCK_REALTIME) - (now - monotonic_ns);
    journal_started(c);
    link_tell(c, TELL_STARTED);
}

void container_failed(struct container *c, int32_t stage, int32_t error) {
    if (c->state != STARTING)
        return;
    c->state = FAILED;
    c->stage = stage;
    c->error = error;
    alive--;
    journal_ended(c);
    link_tell(c, TELL_END);
}

void container_exited(struct container *c) {
    if (c->state != STARTING && c->state != RUNNING)
        return;
    c->state = EXITED;
    c->ended_epoch_ns = clock_ns(CLOCK_REALTIME);
    alive--;
    journal_ended(c);
    link_tell(c, TELL_END);
}

void container_kill(struct container *c) {
    if (c->state != STARTING && c->state != RUNNING)
        return;
    if (c->pid == 0) {
        c->kill_wanted = true;
        nest_abandon(c->nest);
        return;
    }
    if (!c->has_init)
        kill(-c->pid, SIGKILL);
    kill(c->pid, SIGKILL);
}
