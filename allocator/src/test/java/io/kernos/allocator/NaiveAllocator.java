package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;

/** The rule of {@link Allocator} in obvious code, one file a policy: all is computed from scratch, every time. */
final class NaiveAllocator {
    final NaiveCluster cluster = new NaiveCluster();
    final NaiveShares shares = new NaiveShares(cluster);
    final NaiveQuotas quotas = new NaiveQuotas(cluster);
    final NaiveExplainer explainer = new NaiveExplainer(cluster);
    final NaivePlacement placement = new NaivePlacement(cluster, quotas);
    final NaivePreemption preemption = new NaivePreemption(cluster, quotas, placement);
    private final NaiveOffers offers = new NaiveOffers(cluster, quotas, placement.backfill);
    private final NaiveMaintenance maintenance = new NaiveMaintenance(cluster);
    private final AllocationHandler handler;
    /** Grants before this one are not added to: something else was decided since. */
    private int firstOpenGrant;

    NaiveAllocator(AllocationHandler handler) {
        this.handler = handler;
    }

    void allocate(long nowMs, long seed) {
        cluster.expire(nowMs).forEach(handler::onExpired);
        List<Decisions.Grant> grants = new ArrayList<>();
        preemption.settle(grants);
        boolean isMorePossible = true;
        for (long run = 0; isMorePossible; run++) {
            boolean isAnyTaken = true;
            for (int pass = 0; isAnyTaken; pass++) {
                isAnyTaken = pass(grants, seed + (run << 48), pass);
            }
            isMorePossible = preemption.decide(nowMs, grants);
            preemption.settle(grants);
        }
        for (Decisions.Grant grant : grants) {
            if (grant.isPreempted()) {
                handler.onPreempted(grant.demand(), grant.agent(), -grant.tasks(), grant.framework(), (int)
                        grant.resources().scalar(ResourceKinds.CPUS));
            } else if (grant.isOffer()) {
                handler.onOffer(grant.framework(), grant.agent(), grant.resources());
            } else {
                handler.onPlacement(grant.demand(), grant.agent(), grant.tasks(), grant.resources());
            }
        }
        maintenance.run(handler);
    }

    /** Takes all steps that are possible with the groups as they were; returns whether there were any. */
    private boolean pass(List<Decisions.Grant> grants, long seed, int pass) {
        firstOpenGrant = grants.size();
        cluster.agents.values().forEach(NaiveAgent::rememberGroups);
        placement.backfill.reserve();
        boolean isAnyTaken = false;
        shares.lots.begin(seed, pass, 0);
        while (quotas.isAnySet() && step(true, grants)) {
            isAnyTaken = true;
        }
        shares.lots.begin(seed, pass, 1);
        while ((quotas.isAnySet() && step(true, grants)) || step(false, grants)) {
            isAnyTaken = true;
        }
        return isAnyTaken;
    }

    private boolean step(boolean onlyOwed, List<Decisions.Grant> grants) {
        for (int framework : shares.contendersLeastFirst()) {
            List<Decisions.Grant> placed = placement.place(framework, onlyOwed);
            if (!placed.isEmpty()) {
                placed.forEach(grant -> add(grants, grant));
                shares.onStepped(framework);
                return true;
            }
            boolean isWilling = !cluster.frameworks.get(framework).suppressed;
            Decisions.Grant offer = isWilling ? offers.offer(framework, onlyOwed) : null;
            if (offer != null) {
                grants.add(offer);
                shares.onStepped(framework);
                return true;
            }
        }
        return false;
    }

    private void add(List<Decisions.Grant> grants, Decisions.Grant grant) {
        grants.add(grant);
        if (grants.size() < firstOpenGrant + 2) {
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
