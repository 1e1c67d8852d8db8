package io.kernos.master.state;

import io.kernos.allocator.Resources;
import io.kernos.transport.codecs.AgentState;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/** An agent that is there or may come back. */
final class Agent {
    static final byte[] NO_BYTES = new byte[0];

    final Link<Agent> inDirty = new Link<>(this);

    final int index;
    final long id;

    long instanceId;
    AgentState state = AgentState.DISCONNECTED;
    Relay relay;
    long connectionId;
    long registeredMs;
    long unreachableAtMs;
    long removeAtMs;
    final Resources total = new Resources();
    final Usage used = new Usage();
    final Usage offered = new Usage();
    byte[] hostname = NO_BYTES;
    byte[] sandboxChannel = NO_BYTES;
    /** Names and values by turns. */
    byte[][] attributes = new byte[0][];

    final Chain<Task> tasks = new Chain<>();
    final Chain<Offer> offers = new Chain<>();
    final Chain<Told> told = new Chain<>();
    final Long2ObjectHashMap<Told> toldByTemplate = new Long2ObjectHashMap<>();
    /** Tasks that it named and nobody else knows, as pairs of framework and task; killed once it is registered. */
    final LongArrayList strays = new LongArrayList();

    Agent(int index, long id) {
        this.index = index;
        this.id = id;
    }

    boolean isConnected() {
        return relay != null;
    }

    @Override
    public String toString() {
        return "agent " + id + " " + state;
    }
}
