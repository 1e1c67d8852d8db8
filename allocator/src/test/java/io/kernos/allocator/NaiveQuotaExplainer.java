package io.kernos.allocator;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/** What quotas allow a role, in obvious code. */
final class NaiveQuotaExplainer {
    private final NaiveCluster cluster;
    private final NaiveQuotas quotas;

    NaiveQuotaExplainer(NaiveCluster cluster) {
        this.cluster = cluster;
        this.quotas = new NaiveQuotas(cluster);
    }

    /** By kind what holds of some amounts that are wanted. */
    Map<String, String> explain(int role, IntToLongFunction wanted) {
        Map<String, String> lines = new TreeMap<>();
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            int tightest = QuotaExplanation.NO_ROLE;
            long left = Long.MAX_VALUE;
            for (int each : cluster.path(role)) {
                if (quotas.leftByLimit(each, kind) != Long.MAX_VALUE && quotas.leftByLimit(each, kind) <= left) {
                    tightest = each;
                    left = quotas.leftByLimit(each, kind);
                }
            }
            long most = Math.min(left, quotas.leftByHeadroom(role, kind));
            QuotaReason why = left == most ? QuotaReason.ROLE_AT_LIMIT : QuotaReason.KEPT_FOR_GUARANTEES;
            QuotaReason reason = most >= wanted.applyAsLong(kind) ? QuotaReason.ALLOWED : why;
            lines.put("kind " + kind, reason + " " + most + " by " + tightest);
            for (int other : cluster.roles.keySet()) {
                boolean isOtherTop = cluster.roles.get(other).parent == null && !cluster.isWithin(role, other);
                if (isOtherTop && quotas.isGuaranteed(kind) && quotas.owed(other, kind) > 0) {
                    lines.put("kind " + kind + " for " + other, Long.toString(quotas.owed(other, kind)));
                }
            }
        }
        return lines;
    }
}
