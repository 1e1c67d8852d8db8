package io.kernos.master.cluster;

import io.aeron.Aeron;
import io.aeron.DirectBufferVector;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.logbuffer.BufferClaim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** A cluster as its service sees it, which a test moves by hand: a leader with the sessions that the test opens. */
final class TestCluster implements Cluster {
    final Map<Long, ClientSession> sessions = new TreeMap<>();
    final List<Long> closed = new ArrayList<>();
    private final Aeron aeron;

    TestCluster(Aeron aeron) {
        this.aeron = aeron;
    }

    /** Opens a session that is answered on a stream of its own, which nobody reads. */
    ClientSession open(long sessionId) {
        ClientSession session = new TestClientSession(sessionId);
        sessions.put(sessionId, session);
        return session;
    }

    @Override
    public int memberId() {
        return 0;
    }

    @Override
    public Role role() {
        return Role.LEADER;
    }

    @Override
    public long logPosition() {
        return 4096;
    }

    @Override
    public Aeron aeron() {
        return aeron;
    }

    @Override
    public ClusteredServiceContainer.Context context() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ClientSession getClientSession(long clusterSessionId) {
        return sessions.get(clusterSessionId);
    }

    @Override
    public Collection<ClientSession> clientSessions() {
        return sessions.values();
    }

    @Override
    public void forEachClientSession(Consumer<? super ClientSession> action) {
        sessions.values().forEach(action);
    }

    @Override
    public boolean closeClientSession(long clusterSessionId) {
        return closed.add(clusterSessionId);
    }

    @Override
    public long time() {
        return 1;
    }

    @Override
    public TimeUnit timeUnit() {
        return TimeUnit.MILLISECONDS;
    }

    @Override
    public boolean scheduleTimer(long correlationId, long deadline) {
        return true;
    }

    @Override
    public boolean cancelTimer(long correlationId) {
        return true;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long offer(DirectBufferVector[] vectors) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long tryClaim(int length, BufferClaim bufferClaim) {
        throw new UnsupportedOperationException();
    }

    @Override
    public IdleStrategy idleStrategy() {
        return YieldingIdleStrategy.INSTANCE;
    }

    private record TestClientSession(long id) implements ClientSession {
        @Override
        public int responseStreamId() {
            return (int) (1_000 + id);
        }

        @Override
        public String responseChannel() {
            return "aeron:ipc?term-length=64k";
        }

        @Override
        public byte[] encodedPrincipal() {
            return new byte[0];
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isClosing() {
            return false;
        }

        @Override
        public long offer(DirectBuffer buffer, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long offer(DirectBufferVector[] vectors) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long tryClaim(int length, BufferClaim bufferClaim) {
            throw new UnsupportedOperationException();
        }
    }
}
