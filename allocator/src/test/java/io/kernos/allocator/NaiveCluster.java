package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
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
    final List<NaiveClaim> claims = new ArrayList<>();
    /** By role, how many tasks were told to leave in the present window. */
    final TreeMap<Integer, Integer> spent = new TreeMap<>();

    long windowEndMs = Long.MAX_VALUE;
    long nowMs;
    /** The room that was reserved when that was last decided, or null. */
    NaiveRoom room;

    /** The room that is reserved, without what has gone since that was decided. */
    NaiveRoom room() {
        if (room != null) {
            room.tasksOn.keySet().retainAll(agents.values());
            room = room.tasksOn.isEmpty() || !demands.containsValue(room.head) ? null : room;
        }
        return room;
    }

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

    void claim(int demand, int agent, long untilMs) {
        NaiveDemand asks = demands.get(demand);
        claims.add(new NaiveClaim(demand, agent, untilMs));
        give(agents.get(agent).claimedByFramework, asks.framework, asks.scalars());
        agents.get(agent).countGroup(asks.group, 1);
    }

    /** Takes a claim back, of a step that is undone or comes true. */
    void forget(NaiveClaim claim) {
        NaiveDemand asks = demands.get(claim.demand());
        claims.remove(positionOf(claim));
        take(agents.get(claim.agent()).claimedByFramework, asks.framework, asks.scalars());
        agents.get(claim.agent()).countGroup(asks.group, -1);
    }

    /** Where a claim is, and not one that is equal. */
    int positionOf(NaiveClaim claim) {
        return claims.indexOf(claim);
    }

    /** The claims that were made together, and can only come true together. */
    List<List<NaiveClaim>> steps() {
        List<List<NaiveClaim>> steps = new ArrayList<>();
        int at = 0;
        while (at < claims.size()) {
            int tasks = demands.get(claims.get(at).demand()).gang;
            steps.add(List.copyOf(claims.subList(at, at + tasks)));
            at += tasks;
        }
        return steps;
    }

    /** Ends the steps of which any claim is meant. */
    void endClaims(Predicate<NaiveClaim> which) {
        steps().stream().filter(step -> step.stream().anyMatch(which)).toList().reversed().stream()
                .flatMap(step -> step.reversed().stream())
                .forEach(this::forget);
    }

    /** Keeps the first steps of a demand, with no more claims than so many. */
    void keepClaims(int demand, int kept) {
        List<List<NaiveClaim>> own = steps().stream()
                .filter(step -> step.getFirst().demand() == demand)
                .toList();
        own.stream().skip(kept / demands.get(demand).gang).toList().reversed().stream()
                .flatMap(step -> step.reversed().stream())
                .forEach(this::forget);
    }

    /** How many tasks of a demand wait for which there is no place yet. */
    int open(int demand) {
        return demands.get(demand).waiting
                - (int) claims.stream()
                        .filter(claim -> claim.demand() == demand)
                        .count();
    }

    /** Ends filters, and gives up demands; returns how many tasks of which demands. */
    Map<Integer, Integer> expire(long nowMs) {
        this.nowMs = nowMs;
        frameworks.values().forEach(framework -> framework.filters.removeIf(filter -> filter.untilMs() <= nowMs));
        windows().forEach(window -> window.expire(nowMs));
        endClaims(claim -> claim.untilMs() <= nowMs);
        if (windowEndMs <= nowMs) {
            spent.clear();
            windowEndMs = Long.MAX_VALUE;
        }
        Map<Integer, Integer> givenUp = new TreeMap<>();
        demands.forEach((index, demand) -> {
            if (demand.deadlineMs <= nowMs && demand.waiting > 0) {
                keepClaims(index, 0);
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
        LongStream places =
                LongStream.concat(LongStream.of(windowEndMs), claims.stream().mapToLong(NaiveClaim::untilMs));
        LongStream ends = agents.values().stream()
                .flatMap(agent -> agent.ends.stream())
                .filter(end -> room() != null)
                .mapToLong(end -> end.dueMs(nowMs));
        return Stream.of(filters, waiting, inverse, places, ends)
                .flatMapToLong(each -> each)
                .min()
                .orElseThrow();
    }
}
