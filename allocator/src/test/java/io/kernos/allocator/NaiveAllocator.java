package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;

/** The rule of {@link Allocator} in obvious code, one file a policy: all is computed from scratch, every time. */
final class NaiveAllocator {
    final NaiveCluster cluster = new NaiveCluster();
    final NaiveShares shares = new NaiveShares(cluster);
    final NaiveExplainer explainer = new NaiveExplainer(cluster);
    private final NaivePlacement placement = new NaivePlacement(cluster);
    private final NaiveOffers offers = new NaiveOffers(cluster);
    private final AllocationHandler handler;

    NaiveAllocator(AllocationHandler handler) {
        this.handler = handler;
    }

    void allocate(long nowMs) {
        cluster.expire(nowMs).forEach(handler::onExpired);
        List<Decisions.Grant> grants = new ArrayList<>();
        boolean isStepPossible = true;
        while (isStepPossible) {
            isStepPossible = step(grants);
        }
        for (Decisions.Grant grant : grants) {
            if (grant.isOffer()) {
                handler.onOffer(grant.framework(), grant.agent(), grant.resources());
            } else {
                handler.onPlacement(grant.demand(), grant.agent(), grant.tasks(), grant.resources());
            }
        }
    }

    private boolean step(List<Decisions.Grant> grants) {
        for (int framework : shares.contendersLeastFirst()) {
            List<Decisions.Grant> placed = placement.place(framework);
            if (!placed.isEmpty()) {
                placed.forEach(grant -> add(grants, grant));
                return true;
            }
            Decisions.Grant offer = cluster.frameworks.get(framework).suppressed ? null : offers.offer(framework);
            if (offer != null) {
                grants.add(offer);
                return true;
            }
        }
        return false;
    }

    private void add(List<Decisions.Grant> grants, Decisions.Grant grant) {
        grants.add(grant);
        if (grants.size() < 2) {
            return;
        }
        Decisions.Grant last = grants.getLast();
        Decisions.Grant before = grants.get(grants.size() - 2);
        boolean isSame = !last.isOffer()
                && last.demand() == before.demand()
                && last.agent() == before.agent()
                && !last.resources().hasNumbers();
        if (isSame) {
            grants.removeLast();
            grants.set(
                    grants.size() - 1,
                    new Decisions.Grant(false, -1, last.demand(), last.agent(), before.tasks() + 1, last.resources()));
        }
    }
}
