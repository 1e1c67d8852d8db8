package io.kernos.master.state;

import org.agrona.collections.Long2ObjectHashMap;

/** The relays that are connected. */
final class RelayTable {
    private final Long2ObjectHashMap<Relay> byId = new Long2ObjectHashMap<>();
    private final int limit;

    RelayTable(int limit) {
        this.limit = limit;
    }

    Relay byId(long relayId) {
        return byId.get(relayId);
    }

    int size() {
        return byId.size();
    }

    boolean isFull() {
        return byId.size() >= limit;
    }

    int limit() {
        return limit;
    }

    Relay add(long relayId, byte[] name, Session session) {
        Relay relay = new Relay(relayId, name, session);
        byId.put(relayId, relay);
        session.relay = relay;
        return relay;
    }

    void remove(Relay relay) {
        byId.remove(relay.id);
        relay.session.relay = null;
    }
}
