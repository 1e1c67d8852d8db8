package io.kernos.master.cluster;

import io.aeron.Aeron;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.kernos.master.state.Effects;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.collections.ArrayListUtil;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.NanoClock;

/**
 * Carries out the effects of the state machine: one {@link SessionOutbox} for each session. Only the leader sends;
 * elsewhere what is to be sent is dropped. For the thread of the service.
 */
final class Outboxes implements Effects {
    private final Long2ObjectHashMap<SessionOutbox> bySession = new Long2ObjectHashMap<>();
    private final ArrayList<SessionOutbox> waiting = new ArrayList<>();
    private final LongArrayList toClose = new LongArrayList();
    private final SharedEgress shared = new SharedEgress();
    private final int maxQueueBytes;
    private final long patienceNs;
    private final NanoClock clock;
    private CounterTable counters;
    private Aeron aeron;
    private boolean isLeader;

    Outboxes(int maxQueueBytes, long patienceMs, NanoClock clock) {
        this.maxQueueBytes = maxQueueBytes;
        this.patienceNs = TimeUnit.MILLISECONDS.toNanos(patienceMs);
        this.clock = clock;
    }

    void start(Aeron aeron, CounterTable counters) {
        this.aeron = aeron;
        this.counters = counters;
        shared.counters(counters);
    }

    void open(ClientSession session) {
        SessionOutbox outbox = new SessionOutbox(
                session.id(), session.responseChannel(), session.responseStreamId(), maxQueueBytes, shared);
        bySession.put(session.id(), outbox);
        if (isLeader) {
            outbox.connect(aeron);
        }
    }

    void close(long sessionId) {
        SessionOutbox outbox = bySession.remove(sessionId);
        if (outbox != null) {
            unwait(outbox);
            outbox.close(aeron);
        }
    }

    @Override
    public void send(long sessionId, DirectBuffer buffer, int offset, int length) {
        SessionOutbox outbox = isLeader ? bySession.get(sessionId) : null;
        if (outbox == null) {
            return;
        }
        outbox.connect(aeron);
        outbox.send(buffer, offset, length, clock.nanoTime());
        if (!outbox.isWaiting() && (!outbox.isEmpty() || outbox.state() == SessionOutbox.State.CONDEMNED)) {
            outbox.isWaiting(true);
            waiting.add(outbox);
        }
    }

    @Override
    public void closeSession(long sessionId) {
        toClose.addLong(sessionId);
    }

    /** Send what waits, as far as it goes. */
    int drain(long nowNs) {
        int sent = 0;
        for (int i = waiting.size() - 1; i >= 0; i--) {
            SessionOutbox outbox = waiting.get(i);
            sent += outbox.drain(aeron, nowNs, patienceNs);
            if (outbox.isEmpty() && outbox.state() != SessionOutbox.State.CONDEMNED) {
                outbox.isWaiting(false);
                ArrayListUtil.fastUnorderedRemove(waiting, i);
            }
        }
        return sent;
    }

    /** Ask the cluster to close the sessions that are to be closed; only while a command is applied. */
    void closeCondemned(Cluster cluster) {
        for (int i = waiting.size() - 1; i >= 0; i--) {
            SessionOutbox outbox = waiting.get(i);
            if (outbox.state() == SessionOutbox.State.CONDEMNED && requestClose(cluster, outbox.sessionId())) {
                counters.add(outbox.condemnation().ordinal(), 1);
                outbox.closing();
                outbox.isWaiting(false);
                ArrayListUtil.fastUnorderedRemove(waiting, i);
            }
        }
        for (int i = toClose.size() - 1; i >= 0; i--) {
            if (isDrained(toClose.getLong(i)) && requestClose(cluster, toClose.getLong(i))) {
                toClose.fastUnorderedRemove(i);
            }
        }
    }

    private boolean isDrained(long sessionId) {
        SessionOutbox outbox = bySession.get(sessionId);
        return outbox == null || outbox.isEmpty();
    }

    private static boolean requestClose(Cluster cluster, long sessionId) {
        return cluster.getClientSession(sessionId) == null || cluster.closeClientSession(sessionId);
    }

    void onRoleChange(Cluster.Role role) {
        isLeader = role == Cluster.Role.LEADER;
        if (!isLeader) {
            waiting.forEach(outbox -> outbox.isWaiting(false));
            waiting.clear();
            bySession.values().forEach(outbox -> outbox.close(aeron));
        }
    }

    void onNewLeadershipTerm(long leadershipTermId) {
        shared.leadershipTermId(leadershipTermId);
    }

    void onTime(long clusterTimeMs) {
        shared.timestamp(clusterTimeMs);
    }

    private void unwait(SessionOutbox outbox) {
        if (outbox.isWaiting()) {
            waiting.remove(outbox);
            outbox.isWaiting(false);
        }
    }
}
