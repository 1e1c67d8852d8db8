package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.allocator.Resources;

/** Makes offers and takes them back. */
final class Offers {
    /** Where there are as many offers as may be, a framework is not offered an agent again for so long. */
    private static final long SURPLUS_FILTER_MS = 5_000;

    /** Who did not answer in time is not offered the same again for so long, so that others get a turn. */
    private static final long UNANSWERED_FILTER_MS = 5_000;

    private final OfferTable table;
    private final Allocator allocator;
    private final Ledger ledger;
    private final FrameworkPublisher publisher;
    private final Projection projection;
    private final Counting counting;
    private final int maxOffers;
    private final long timeoutMs;
    private final Chain<Offer> surplus = new Chain<>();

    Offers(Tables tables, Publishers publishers, Allocator allocator, Ledger ledger, StateContext context) {
        this.table = tables.offers;
        this.allocator = allocator;
        this.ledger = ledger;
        this.publisher = publishers.frameworks;
        this.projection = tables.projection;
        this.counting = context.counting();
        this.maxOffers = context.maxOffers();
        this.timeoutMs = context.offerTimeoutMs();
    }

    /** The allocator granted an offer. */
    void granted(Framework framework, Agent agent, Resources resources, long nowMs) {
        Offer offer = table.add(framework, agent, resources, nowMs);
        ledger.offered(agent, resources);
        counting.add(MasterCounter.OFFERS_OUTSTANDING, 1);
        if (table.size() > maxOffers) {
            surplus.append(offer.inSurplus);
            return;
        }
        counting.add(MasterCounter.OFFERS_MADE, 1);
        publisher.offer(offer);
        projection.changed(offer);
    }

    /** Takes back at once, and untold, what went beyond the limit; whether there was any. */
    boolean giveBackSurplus(long nowMs) {
        boolean any = !surplus.isEmpty();
        for (Offer offer = surplus.poll(); offer != null; offer = surplus.poll()) {
            filter(offer.framework, offer.agent, offer.resources, SURPLUS_FILTER_MS, nowMs);
            recover(offer);
        }
        return any;
    }

    /** Takes back what was not answered in time. */
    void expire(long nowMs) {
        while (nextDeadlineMs() <= nowMs) {
            Offer offer = table.first();
            filter(offer.framework, offer.agent, offer.resources, UNANSWERED_FILTER_MS, nowMs);
            rescind(offer);
        }
    }

    /** When the next offer is not answered in time. */
    long nextDeadlineMs() {
        boolean anyWaits = timeoutMs > 0 && table.first() != null;
        return anyWaits ? table.first().createdMs + timeoutMs : MasterStateMachine.NO_DEADLINE;
    }

    /** An offer is over; what was not used of it is free. */
    void recover(Offer offer) {
        ledger.recoverOffered(offer.agent, offer.framework, offer.resources);
        forget(offer);
    }

    /** An offer is over; its resources are accounted elsewhere. */
    void forget(Offer offer) {
        counting.add(MasterCounter.OFFERS_OUTSTANDING, -1);
        projection.removed(offer);
        table.remove(offer);
    }

    /** Takes back all offers of an agent and tells their frameworks. */
    void rescindOf(Agent agent) {
        while (!agent.offers.isEmpty()) {
            rescind(agent.offers.first());
        }
    }

    private void rescind(Offer offer) {
        if (offer.framework.session != null) {
            publisher.rescinded(offer);
        }
        counting.add(MasterCounter.OFFERS_RESCINDED, 1);
        recover(offer);
    }

    /** Takes back all offers of a framework that has no session to be told. */
    void rescindOf(Framework framework) {
        while (!framework.offers.isEmpty()) {
            counting.add(MasterCounter.OFFERS_RESCINDED, 1);
            recover(framework.offers.first());
        }
    }

    /** Tells a framework all its offers again. */
    void repeat(Framework framework) {
        for (Offer offer = framework.offers.first(); offer != null; offer = offer.inFramework.after()) {
            publisher.offer(offer);
        }
    }

    /** The filter of what was declined, where there is room for one more. */
    void filter(Framework framework, Agent agent, Resources refused, long refuseMs, long nowMs) {
        if (refuseMs > 0) {
            allocator.filters().add(framework.index, agent.index, refused, nowMs + refuseMs);
        }
    }
}
