package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Every explanation of an allocator against what the naive one finds. */
final class ExplanationCheck {
    private final Allocator allocator;
    private final NaiveAllocator naive;
    private final NaiveQuotaExplainer quotas;

    ExplanationCheck(Allocator allocator, NaiveAllocator naive) {
        this.allocator = allocator;
        this.naive = naive;
        this.quotas = new NaiveQuotaExplainer(naive.cluster);
    }

    void run() {
        naive.cluster.demands.forEach(this::compareDemand);
        naive.cluster.frameworks.forEach(this::compareFramework);
        naive.cluster.roles.keySet().forEach(this::compareRole);
    }

    private void compareDemand(int index, NaiveDemand demand) {
        Explanation explanation = new Explanation();
        new Explainer(allocator).explain(index, explanation);
        int role = naive.cluster.frameworks.get(demand.framework).role;
        assertEquals(naive.quotas.allows(role, demand.perTask, demand.gang), explanation.isAllowedByQuota());
        assertEquals(
                quotas.explain(role, kind -> demand.gang * naive.quotas.charged(demand.perTask, kind)),
                lines(explanation.quota()));
        assertEquals(naive.explainer.explain(index), counts(WaitReason.values(), explanation::agents));
        assertEquals(naive.preemption.explain(index), counts(PreemptionReason.values(), explanation::agents));
        assertEquals(naive.explainer.lacking(index), lacking(explanation));
        assertEquals(naive.cluster.windows().count(), explanation.scheduledAgents());
        assertEquals(demand.waiting, explanation.waitingTasks());
    }

    private void compareFramework(int index, NaiveFramework framework) {
        OfferExplanation explanation = new OfferExplanation();
        new OfferExplainer(allocator).explain(index, explanation);
        assertEquals(naive.explainer.explainOffers(index), counts(OfferReason.values(), explanation::agents));
        assertEquals(naive.explainer.filterEndMs(index), explanation.filterEndMs());
        assertEquals(quotas.explain(framework.role, kind -> 1), lines(explanation.quota()));
        assertEquals(naive.cluster.windows().count(), explanation.scheduledAgents());
        assertEquals(framework.suppressed, explanation.isSuppressed());
        assertEquals(framework.active, explanation.isActive());
    }

    private void compareRole(int role) {
        RoleExplanation explanation = new RoleExplanation();
        new RoleExplainer(allocator).explain(role, explanation);
        Map<RoleExplanation.Asking, Integer> asking = new TreeMap<>();
        long waiting = 0;
        for (int index : naive.cluster.frameworks.keySet()) {
            NaiveFramework framework = naive.cluster.frameworks.get(index);
            if (naive.cluster.isWithin(framework.role, role)) {
                waiting += waitingTasks(index);
                RoleExplanation.Asking ifActive = framework.suppressed && !mayPlace(index)
                        ? RoleExplanation.Asking.SUPPRESSED
                        : RoleExplanation.Asking.CONTENDING;
                asking.merge(framework.active ? ifActive : RoleExplanation.Asking.INACTIVE, 1, Integer::sum);
            }
        }
        assertEquals(asking, counts(RoleExplanation.Asking.values(), explanation::frameworks));
        assertEquals(waiting, explanation.waitingTasks());
        assertEquals(quotas.explain(role, kind -> 1), lines(explanation.quota()));
    }

    private int waitingTasks(int framework) {
        return demandsOf(framework)
                .mapToInt(index -> naive.cluster.demands.get(index).waiting)
                .sum();
    }

    private boolean mayPlace(int framework) {
        return demandsOf(framework)
                .anyMatch(index -> naive.cluster.open(index) >= naive.cluster.demands.get(index).gang);
    }

    private Stream<Integer> demandsOf(int framework) {
        return naive.cluster.demands.keySet().stream()
                .filter(index -> naive.cluster.demands.get(index).framework == framework);
    }

    private static <R extends Enum<R>> Map<R, Integer> counts(R[] reasons, ToIntFunction<R> count) {
        Map<R, Integer> counts = new TreeMap<>();
        for (R reason : reasons) {
            if (count.applyAsInt(reason) > 0) {
                counts.put(reason, count.applyAsInt(reason));
            }
        }
        return counts;
    }

    private static Map<String, Integer> lacking(Explanation explanation) {
        Map<String, Integer> counts = new TreeMap<>();
        for (WaitReason reason : WaitReason.values()) {
            for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
                counts.put(reason + " scalar " + kind, explanation.agentsLackingScalar(reason, kind));
            }
            for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
                counts.put(reason + " range " + kind, explanation.agentsLackingRange(reason, kind));
            }
        }
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private static Map<String, String> lines(QuotaExplanation quota) {
        Map<String, String> lines = new TreeMap<>();
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            lines.put("kind " + kind, quota.reason(kind) + " " + quota.allowed(kind) + " by " + quota.limitedBy(kind));
            for (int i = 0; i < quota.keptRoles(); i++) {
                if (quota.kept(i, kind) > 0) {
                    lines.put("kind " + kind + " for " + quota.keptRole(i), Long.toString(quota.kept(i, kind)));
                }
            }
        }
        return lines;
    }
}
