package io.kernos.allocator;

import java.util.TreeMap;

/** Maintenance in obvious code: who has something on an agent with a window is asked to leave it. */
final class NaiveMaintenance {
    /** What is between a framework and an agent. */
    static final class Ask {
        boolean isOutstanding;
        InverseAnswer answer = InverseAnswer.UNKNOWN;
        long filteredToMs;
    }

    /** When an agent is to be unavailable, and what is between it and frameworks. */
    static final class Window {
        final long startMs;
        final long durationMs;
        final TreeMap<Integer, Ask> asks = new TreeMap<>();

        Window(long startMs, long durationMs) {
            this.startMs = startMs;
            this.durationMs = durationMs;
        }

        Ask ask(int framework) {
            return asks.computeIfAbsent(framework, key -> new Ask());
        }

        void answer(int framework, InverseAnswer answer, long filterToMs) {
            Ask ask = ask(framework);
            if (ask.isOutstanding) {
                ask.isOutstanding = false;
                ask.answer = answer == InverseAnswer.UNKNOWN ? ask.answer : answer;
            }
            ask.filteredToMs = Math.max(ask.filteredToMs, filterToMs);
        }

        void expire(long nowMs) {
            asks.values().stream().filter(ask -> ask.filteredToMs <= nowMs).forEach(ask -> ask.filteredToMs = 0);
        }
    }

    private final NaiveCluster cluster;

    NaiveMaintenance(NaiveCluster cluster) {
        this.cluster = cluster;
    }

    void run(AllocationHandler handler) {
        cluster.agents.forEach((index, agent) -> {
            if (agent.window != null) {
                cluster.frameworks.forEach((framework, it) -> {
                    boolean holds = agent.offeredByFramework.containsKey(framework)
                            || agent.usedByFramework.containsKey(framework)
                            || agent.claimedByFramework.containsKey(framework);
                    Ask ask = agent.window.ask(framework);
                    if (holds && it.active && !ask.isOutstanding && ask.filteredToMs == 0) {
                        ask.isOutstanding = true;
                        handler.onInverseOffer(framework, index, agent.window.startMs, agent.window.durationMs);
                    }
                });
            }
        });
    }
}
