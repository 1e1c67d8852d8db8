package io.kernos.master.relay;

import io.aeron.Aeron;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.ArrayListUtil;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/** The relay's connections to agents, by the image of their stream and by number. For the thread of the relay. */
final class AgentConnections {
    private final Int2ObjectHashMap<AgentConnection> byImage = new Int2ObjectHashMap<>();
    private final Long2ObjectHashMap<AgentConnection> byId = new Long2ObjectHashMap<>();
    private final ArrayList<AgentConnection> waiting = new ArrayList<>();
    private final RelayContext context;
    private final Aeron aeron;
    private final RelayCounters counters;
    private long lastConnectionId;

    AgentConnections(RelayContext context, Aeron aeron, RelayCounters counters) {
        this.context = context;
        this.aeron = aeron;
        this.counters = counters;
    }

    AgentConnection ofImage(int imageSessionId) {
        return byImage.get(imageSessionId);
    }

    AgentConnection ofId(long connectionId) {
        return byId.get(connectionId);
    }

    void forEach(Consumer<AgentConnection> action) {
        byId.values().forEach(action);
    }

    /** Open the way to an agent; null when it cannot be, which is counted. */
    AgentConnection open(int imageSessionId, String responseChannel, int responseStreamId) {
        boolean hasRoom = byId.size() < context.maxAgents();
        String channel = hasRoom ? context.transport().channelToNamed(responseChannel) : null;
        if (channel == null) {
            counters.add(RelayCounter.AGENTS_UNANSWERED, 1);
            return null;
        }
        long registrationId = aeron.asyncAddExclusivePublication(channel, responseStreamId);
        AgentConnection connection =
                new AgentConnection(imageSessionId, ++lastConnectionId, registrationId, context.maxQueueBytes());
        byImage.put(imageSessionId, connection);
        byId.put(connection.connectionId(), connection);
        counters.add(RelayCounter.AGENTS, 1);
        await(connection);
        return connection;
    }

    /** Send a message; false when there was no room for it. */
    boolean send(AgentConnection connection, DirectBuffer buffer, int offset, int length, long nowNs) {
        AgentConnection.SendResult result = connection.send(buffer, offset, length, nowNs);
        switch (result) {
            case SENT -> counters.add(RelayCounter.TO_AGENTS, 1);
            case QUEUED -> {
                counters.add(RelayCounter.QUEUED, 1);
                await(connection);
            }
            case FULL -> await(connection);
        }
        return result != AgentConnection.SendResult.FULL;
    }

    private void await(AgentConnection connection) {
        if (!connection.isWaiting()) {
            connection.isWaiting(true);
            waiting.add(connection);
        }
    }

    /** Go on with what waits, as far as it goes; those that take nothing for too long are given to the handler. */
    int drain(long nowNs, long patienceNs, Consumer<AgentConnection> onStuck) {
        int sent = 0;
        for (int i = waiting.size() - 1; i >= 0; i--) {
            AgentConnection connection = waiting.get(i);
            int drained = connection.drain(aeron, nowNs);
            sent += drained;
            if (connection.state() == AgentConnection.State.UNREACHABLE || connection.isStuck(nowNs, patienceNs)) {
                connection.clear();
                onStuck.accept(connection);
            }
            if (!connection.hasWork()) {
                connection.isWaiting(false);
                ArrayListUtil.fastUnorderedRemove(waiting, i);
            }
        }
        if (sent > 0) {
            counters.add(RelayCounter.TO_AGENTS, sent);
        }
        return sent;
    }

    /** Give a connection another number: what is said of the old one, however late, is then not said of it. */
    void renumber(AgentConnection connection) {
        byId.remove(connection.connectionId());
        connection.connectionId(++lastConnectionId);
        byId.put(connection.connectionId(), connection);
    }

    /** Forget the connection of an image that is gone; null when there was none. */
    AgentConnection remove(int imageSessionId) {
        AgentConnection connection = byImage.remove(imageSessionId);
        if (connection != null) {
            byId.remove(connection.connectionId());
            waiting.remove(connection);
            connection.close(aeron);
            counters.add(RelayCounter.AGENTS, -1);
        }
        return connection;
    }
}
