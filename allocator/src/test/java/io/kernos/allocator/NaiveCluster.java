package io.kernos.allocator;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** All that was added and is still there, as plainly as can be; events of the tests change it directly. */
final class NaiveCluster {
    final TreeMap<Integer, NaiveRole> roles = new TreeMap<>();
    final TreeMap<Integer, NaiveFramework> frameworks = new TreeMap<>();
    final TreeMap<Integer, NaiveAgent> agents = new TreeMap<>();
    final TreeMap<Integer, NaiveDemand> demands = new TreeMap<>();

    void give(Map<Integer, NaiveAmounts> account, int framework, Resources resources) {
        if (!resources.isEmpty()) {
            account.computeIfAbsent(framework, key -> new NaiveAmounts()).add(resources);
        }
    }

    void take(Map<Integer, NaiveAmounts> account, int framework, Resources resources) {
        if (resources.isEmpty()) {
            return;
        }
        NaiveAmounts held = account.get(framework);
        held.subtract(NaiveAmounts.of(resources));
        if (held.isNothing()) {
            account.remove(framework);
        }
    }

    void expire(long nowMs) {
        frameworks
                .values()
                .forEach(framework -> framework.filterEndByAgent.values().removeIf(end -> end <= nowMs));
    }

    long nextDeadlineMs() {
        return frameworks.values().stream()
                .flatMap(framework -> framework.filterEndByAgent.values().stream())
                .min(Comparator.naturalOrder())
                .orElse(Long.MAX_VALUE);
    }
}
