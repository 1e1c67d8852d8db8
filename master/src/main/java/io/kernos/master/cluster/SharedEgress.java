package io.kernos.master.cluster;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.codecs.MessageHeaderEncoder;
import io.aeron.cluster.codecs.SessionMessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the outboxes of a service share: the header that Aeron Cluster puts before each message, and the counters. */
final class SharedEgress {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[AeronCluster.SESSION_HEADER_LENGTH]);
    private final SessionMessageHeaderEncoder encoder = new SessionMessageHeaderEncoder();
    private CounterTable counters;

    SharedEgress() {
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    }

    void counters(CounterTable counters) {
        this.counters = counters;
    }

    void leadershipTermId(long leadershipTermId) {
        encoder.leadershipTermId(leadershipTermId);
    }

    void timestamp(long timestamp) {
        encoder.timestamp(timestamp);
    }

    DirectBuffer buffer(long sessionId) {
        encoder.clusterSessionId(sessionId);
        return buffer;
    }

    void count(ServiceCounter counter) {
        counters.add(counter.ordinal(), 1);
    }
}
