package io.kernos.master.state;

import io.kernos.allocator.Resources;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** The offers that are out, in the order in which they were made. */
final class OfferTable {
    private final Long2ObjectHashMap<Offer> byId = new Long2ObjectHashMap<>();
    private final Chain<Offer> all = new Chain<>();
    private final List<Offer> free = new ArrayList<>();
    private long nextId = 1;

    Offer byId(long offerId) {
        return byId.get(offerId);
    }

    Offer first() {
        return all.first();
    }

    int size() {
        return all.size();
    }

    long nextId() {
        return nextId;
    }

    void nextId(long nextId) {
        this.nextId = nextId;
    }

    Offer add(Framework framework, Agent agent, Resources resources, long nowMs) {
        return load(nextId++, framework, agent, resources, nowMs);
    }

    Offer load(long id, Framework framework, Agent agent, Resources resources, long createdMs) {
        Offer offer = free.isEmpty() ? new Offer() : free.removeLast();
        offer.id = id;
        offer.framework = framework;
        offer.agent = agent;
        offer.createdMs = createdMs;
        offer.isProjected = false;
        offer.resources.copyFrom(resources);
        byId.put(id, offer);
        all.append(offer.inAll);
        framework.offers.append(offer.inFramework);
        agent.offers.append(offer.inAgent);
        return offer;
    }

    void remove(Offer offer) {
        byId.remove(offer.id);
        offer.inAll.unlink();
        offer.inFramework.unlink();
        offer.inAgent.unlink();
        offer.framework = null;
        offer.agent = null;
        free.add(offer);
    }
}
