package io.kernos.master.state;

import org.agrona.collections.Long2ObjectHashMap;

/** The session over which agents are reached. */
final class Relay {
    final long id;
    final byte[] name;
    final Session session;
    final Long2ObjectHashMap<Agent> agentByConnection = new Long2ObjectHashMap<>();

    Relay(long id, byte[] name, Session session) {
        this.id = id;
        this.name = name;
        this.session = session;
    }
}
