/* From a packet to a checked launch plan. Nothing is copied: the plan points into the packet. */
#include <string.h>

#include "supervisor.h"

struct reader {
    const char *at;
    const char *end;
};

static const char *next_string(struct reader *r) {
    const char *start = r->at;
    const char *nul = start < r->end ? memchr(start, 0, (size_t)(r->end - start)) : NULL;
    if (nul == NULL)
        return NULL;
    r->at = nul + 1;
    return start;
}

static const void *next_bytes(struct reader *r, size_t count) {
    const char *start = r->at;
    if (count > (size_t)(r->end - start))
        return NULL;
    r->at = start + count;
    return start;
}

static const char *check_counts(const struct ks_plan *p) {
    if (p->flags & ~(uint32_t)KS_FLAGS_ALL)
        return "unknown flag";
    if (p->rlimits > KS_RLIMITS_MAX)
        return "too many resource limits";
    if (p->groups > KS_GROUPS_MAX)
        return "too many groups";
    if (p->cgroups > KS_CGROUPS_MAX)
        return "too many control groups";
    if (p->args == 0 || p->args > KS_ARGS_MAX)
        return "no argument or too many";
    if (p->env > KS_ENV_MAX)
        return "too many environment variables";
    if ((p->flags & KS_CGROUP_FOLDER) && p->cgroups == 0)
        return "control group folder announced, none given";
    if ((p->flags & KS_MOUNT_PROC) && (p->flags & (KS_NEW_PID | KS_NEW_MOUNT)) != (KS_NEW_PID | KS_NEW_MOUNT))
        return "/proc wanted without new pid and mount namespaces";
    return NULL;
}

static bool plain_name(const char *name) {
    return name[0] != 0 && strchr(name, '/') == NULL && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static const char *read_strings(struct reader *r, struct plan *plan) {
    const struct ks_plan *p = plan->head;
    plan->sandbox = next_string(r);
    plan->hostname = next_string(r);
    plan->stdout_name = next_string(r);
    plan->stderr_name = next_string(r);
    for (uint32_t i = 0; i < p->cgroups; i++)
        if ((plan->cgroups[i] = next_string(r)) == NULL || plan->cgroups[i][0] != '/')
            return "control group is cut off or not absolute";
    for (uint32_t i = 0; i < p->args; i++)
        if ((plan->args[i] = (char *)next_string(r)) == NULL)
            return "argument is cut off";
    plan->args[p->args] = NULL;
    for (uint32_t i = 0; i < p->env; i++)
        if ((plan->env[i] = (char *)next_string(r)) == NULL)
            return "environment is cut off";
    plan->env[p->env] = NULL;
    return r->at == r->end ? NULL : "bytes left over";
}

static const char *check_strings(const struct plan *plan) {
    if (plan->sandbox[0] != '/')
        return "sandbox is not absolute";
    if (strlen(plan->hostname) > KS_HOSTNAME_MAX)
        return "host name is too long";
    if (!plain_name(plan->stdout_name) || !plain_name(plan->stderr_name))
        return "name of stdout or stderr is not a plain file name";
    if (plan->args[0][0] == 0)
        return "command is empty";
    return NULL;
}

const char *plan_parse(const void *packet, size_t length, struct plan *plan) {
    struct reader r = {packet, (const char *)packet + length};
    plan->head = next_bytes(&r, sizeof *plan->head);
    if (plan->head == NULL)
        return "shorter than its fixed part";
    const char *wrong = check_counts(plan->head);
    if (wrong != NULL)
        return wrong;
    plan->rlimits = next_bytes(&r, plan->head->rlimits * sizeof *plan->rlimits);
    if (plan->rlimits == NULL)
        return "resource limits are cut off";
    plan->groups = next_bytes(&r, plan->head->groups * sizeof *plan->groups);
    if (plan->groups == NULL)
        return "groups are cut off";
    wrong = read_strings(&r, plan);
    return wrong != NULL ? wrong : check_strings(plan);
}
