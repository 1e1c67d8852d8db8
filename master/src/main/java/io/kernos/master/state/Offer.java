package io.kernos.master.state;

import io.kernos.allocator.Resources;

/** Resources of an agent that a framework may use. Used again once it is over. */
final class Offer {
    final Link<Offer> inAll = new Link<>(this);
    final Link<Offer> inFramework = new Link<>(this);
    final Link<Offer> inAgent = new Link<>(this);
    final Link<Offer> inSurplus = new Link<>(this);
    final Link<Offer> inDirty = new Link<>(this);
    final Link<Offer> inNamed = new Link<>(this);
    final Resources resources = new Resources();

    long id;
    Framework framework;
    Agent agent;
    long createdMs;
    /** Whether the read side was given it, and is to be told of its end. */
    boolean isProjected;

    @Override
    public String toString() {
        return "offer " + id;
    }
}
