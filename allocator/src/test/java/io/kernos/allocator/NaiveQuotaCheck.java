package io.kernos.allocator;

import java.util.Objects;

/** What speaks against a quota, in obvious code. */
final class NaiveQuotaCheck {
    private final NaiveCluster cluster;
    private final NaiveQuotas quotas;

    NaiveQuotaCheck(NaiveCluster cluster) {
        this.cluster = cluster;
        this.quotas = new NaiveQuotas(cluster);
    }

    /** The first problem that the quotas would have if a role had another quota. */
    QuotaProblem problem(int role, Quota quota) {
        Quota before = cluster.roles.get(role).quota;
        cluster.roles.get(role).quota = quota;
        try {
            return problemOfWhatIsSet(role, before);
        } finally {
            cluster.roles.get(role).quota = before;
        }
    }

    private QuotaProblem problemOfWhatIsSet(int role, Quota before) {
        Quota quota = cluster.roles.get(role).quota;
        QuotaProblem worst = QuotaProblem.NONE;
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            QuotaProblem problem = QuotaProblem.NONE;
            if (quota.guarantee(kind) > quota.limit(kind)) {
                problem = QuotaProblem.GUARANTEE_ABOVE_LIMIT;
            } else if (quotas.consumed(role, kind) > quota.limit(kind)) {
                problem = QuotaProblem.LIMIT_BELOW_CONSUMPTION;
            } else if (isAboveLimitInTree(role, kind)) {
                problem = QuotaProblem.GUARANTEE_ABOVE_LIMIT_IN_TREE;
            } else if (isAboveParent(role, kind) || isAboveParent(cluster.roles.get(role).parent, kind)) {
                problem = QuotaProblem.GUARANTEES_ABOVE_PARENT;
            } else if (quota.guarantee(kind) > before.guarantee(kind) && allGuaranteed(kind) > total(kind)) {
                problem = QuotaProblem.GUARANTEES_ABOVE_CLUSTER;
            }
            boolean isFirst = worst == QuotaProblem.NONE || problem.compareTo(worst) < 0;
            worst = problem != QuotaProblem.NONE && isFirst ? problem : worst;
        }
        return worst;
    }

    private boolean isAboveLimitInTree(int changed, int kind) {
        for (int role : cluster.roles.keySet()) {
            for (int above : cluster.path(role)) {
                boolean isConcerned = above != role && (above == changed || role == changed);
                if (isConcerned
                        && guarantee(role, kind)
                                > cluster.roles.get(above).quota.limit(kind)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isAboveParent(Integer parent, int kind) {
        long sum = 0;
        for (int role : cluster.roles.keySet()) {
            sum += Objects.equals(cluster.roles.get(role).parent, parent) ? guarantee(role, kind) : 0;
        }
        return parent != null && guarantee(parent, kind) != 0 && sum > guarantee(parent, kind);
    }

    private long allGuaranteed(int kind) {
        long sum = 0;
        for (int role : cluster.roles.keySet()) {
            sum += cluster.roles.get(role).parent == null ? guaranteedUnder(role, kind) : 0;
        }
        return sum;
    }

    private long guaranteedUnder(int role, int kind) {
        long below = 0;
        for (int child : cluster.roles.keySet()) {
            below += Objects.equals(cluster.roles.get(child).parent, role) ? guaranteedUnder(child, kind) : 0;
        }
        return Math.max(guarantee(role, kind), below);
    }

    private long total(int kind) {
        return cluster.agents.values().stream()
                .mapToLong(agent -> agent.total.scalars[kind]
                        + agent.total.specials.values().stream()
                                .mapToLong(amounts -> amounts.scalars[kind])
                                .sum())
                .sum();
    }

    private long guarantee(int role, int kind) {
        return cluster.roles.get(role).quota.guarantee(kind);
    }
}
