package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** All that was added and is still there, as plainly as can be; events of the tests change it directly. */
final class NaiveCluster {
    static final String HOME_REGION = "r1";

    final TreeMap<Integer, Trait> traits = new TreeMap<>();
    boolean keepsGpuAgents;
    final NaiveGoods goods = new NaiveGoods(this);
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

    /** Whether neither frameworks nor roles are below a role. */
    boolean isEmpty(int role) {
        return frameworks.values().stream().noneMatch(framework -> framework.role == role)
                && roles.values().stream().noneMatch(other -> Objects.equals(other.parent, role));
    }

    /** Whether a role is another one or below it. */
    boolean isWithin(int role, int above) {
        for (Integer each = role; each != null; each = roles.get(each).parent) {
            if (each == above) {
                return true;
            }
        }
        return false;
    }

    /** A role and all above it, from the top down. */
    List<Integer> path(int role) {
        List<Integer> path = new ArrayList<>();
        for (Integer each = role; each != null; each = roles.get(each).parent) {
            path.addFirst(each);
        }
        return path;
    }

    /** Ends filters, and gives up demands; returns how many tasks of which demands. */
    Map<Integer, Integer> expire(long nowMs) {
        frameworks.values().forEach(framework -> framework.filters.removeIf(filter -> filter.untilMs() <= nowMs));
        windows().forEach(window -> window.expire(nowMs));
        Map<Integer, Integer> givenUp = new TreeMap<>();
        demands.forEach((index, demand) -> {
            if (demand.deadlineMs <= nowMs && demand.waiting > 0) {
                givenUp.put(index, demand.waiting);
                demand.waiting = 0;
            }
        });
        return givenUp;
    }

    /** Ends the filters of inverse offers to a framework. */
    void unfilterInverse(int framework) {
        windows().forEach(window -> window.ask(framework).filteredToMs = 0);
    }

    /** Forgets what a framework was asked; its answers stay. */
    void withdrawInverse(int framework) {
        windows().forEach(window -> window.ask(framework).isOutstanding = false);
        unfilterInverse(framework);
    }

    Stream<NaiveMaintenance.Window> windows() {
        return agents.values().stream().map(agent -> agent.window).filter(Objects::nonNull);
    }

    long nextDeadlineMs() {
        LongStream filters = frameworks.values().stream()
                .flatMap(framework -> framework.filters.stream())
                .mapToLong(NaiveFilter::untilMs);
        LongStream waiting =
                demands.values().stream().filter(demand -> demand.waiting > 0).mapToLong(demand -> demand.deadlineMs);
        LongStream inverse = windows()
                .flatMap(window -> window.asks.values().stream())
                .mapToLong(ask -> ask.filteredToMs)
                .filter(untilMs -> untilMs > 0);
        return LongStream.concat(LongStream.concat(filters, waiting), inverse)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
