package io.kernos.allocator;

import java.util.stream.Collectors;

/** A small cluster for tests that tell a story: processors and memory in whole units, decisions as short lines. */
final class Scenario {
    static final long GIB = 1L << 30;
    static final long NOW_MS = 1_000;
    private static final long FOR_EVER_MS = 1_000_000_000;

    final Decisions decisions = new Decisions();
    final Allocator allocator;

    Scenario() {
        this(new AllocatorContext());
    }

    Scenario(AllocatorContext context) {
        allocator = new Allocator(context.handler(decisions));
    }

    static Resources machine(double cpus, double memoryGib) {
        return Resources.of(Math.round(cpus * 1_000), Math.round(memoryGib * GIB), 0);
    }

    void role(int role) {
        allocator.roles().add(role, Allocator.WEIGHT_MILLI_DEFAULT);
    }

    void role(int role, int parent) {
        allocator.roles().add(role, parent, Allocator.WEIGHT_MILLI_DEFAULT);
    }

    void framework(int framework, int role) {
        allocator.frameworks().add(framework, role);
    }

    void agent(int agent, double cpus, double memoryGib) {
        allocator.agents().add(agent, machine(cpus, memoryGib));
    }

    void agent(int agent, Resources total) {
        allocator.agents().add(agent, total);
    }

    int trait(Trait trait) {
        return allocator.traits().intern(trait);
    }

    void guarantee(int role, double cpus, double memoryGib) {
        Resources amounts = machine(cpus, memoryGib);
        quota(
                role,
                new Quota()
                        .guarantee(ResourceKinds.CPUS, amounts.scalar(ResourceKinds.CPUS))
                        .guarantee(ResourceKinds.MEMORY, amounts.scalar(ResourceKinds.MEMORY)));
    }

    void limit(int role, double cpus, double memoryGib) {
        Resources amounts = machine(cpus, memoryGib);
        quota(
                role,
                new Quota()
                        .limit(ResourceKinds.CPUS, amounts.scalar(ResourceKinds.CPUS))
                        .limit(ResourceKinds.MEMORY, amounts.scalar(ResourceKinds.MEMORY)));
    }

    /** As much is guaranteed as may be had. */
    void exactly(int role, double cpus, double memoryGib) {
        exactly(role, machine(cpus, memoryGib), ResourceKinds.MEMORY);
    }

    void exactly(int role, double cpus, double memoryGib, long diskBytes) {
        exactly(role, machine(cpus, memoryGib).scalar(ResourceKinds.DISK, diskBytes), ResourceKinds.DISK);
    }

    private void exactly(int role, Resources amounts, int lastKind) {
        Quota quota = new Quota();
        for (int kind = ResourceKinds.CPUS; kind <= lastKind; kind++) {
            quota.guarantee(kind, amounts.scalar(kind)).limit(kind, amounts.scalar(kind));
        }
        quota(role, quota);
    }

    void quota(int role, Quota quota) {
        allocator.quotas().set(role, quota, true);
    }

    void decline(int framework, int agent, Resources offered) {
        allocator.filters().add(framework, agent, offered, FOR_EVER_MS);
        allocator.grants().recoverOffered(agent, framework, offered);
    }

    /** Decides and tells who got what, as {@code f1@a0} for all of an offer; verifies too. */
    String decide() {
        allocator.allocate(NOW_MS);
        allocator.verify();
        return decisions.take();
    }

    /** Decides and tells who got how much: {@code f1@a0 0.5/2} is half a processor and 2 GiB. */
    String decideAmounts() {
        allocator.allocate(NOW_MS);
        allocator.verify();
        String text = decisions.grants.stream()
                .map(grant -> (grant.isOffer() ? "f" + grant.framework() : "d" + grant.demand()) + "@a" + grant.agent()
                        + (grant.isOffer() ? "" : "x" + grant.tasks()) + " "
                        + plain(grant.resources().scalar(ResourceKinds.CPUS) / 1_000.0) + "/"
                        + plain(grant.resources().scalar(ResourceKinds.MEMORY) / (double) GIB))
                .collect(Collectors.joining(", "));
        decisions.grants.clear();
        return text;
    }

    private static String plain(double amount) {
        return amount == Math.rint(amount) ? Long.toString(Math.round(amount)) : Double.toString(amount);
    }
}
