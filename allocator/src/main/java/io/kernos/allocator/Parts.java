package io.kernos.allocator;

import java.util.Set;

/** What an allocator is made of, put together in one place. */
final class Parts {
    final ClusterTotals cluster;
    final QuotaTable quotas;
    final Set<String> usableRoles;
    final RoleTable roles;
    final RoleGoods roleGoods;
    final Traits traits;
    final SpecialTable specials;
    final OfferMinimum minimum;
    final AgentTable agents;
    final Headroom headroom;
    final FrameworkTable frameworks;
    final Givable givable;
    final GpuAgents gpuAgents;
    final DemandTable demands;
    final GroupTable groups;
    final NumberChoice numberChoice;
    final RunTable runs;
    final RunEnds runEnds;
    final ReservedRoom reservedRoom;
    final ClaimTable claims;
    final Claims claimBook;
    final PreemptionBudget preemptionBudget;
    final Preemption preemption;
    final FilterTable filters;
    final Exclusions exclusions;
    final Suitability suitability;
    final Maintenance maintenance;
    final Contenders contenders;
    final SpecialLedger specialLedger;
    final SpecialTotals specialTotals;
    final QuotaGate quotaGate;
    final HeldBack heldBack;
    final Ledger ledger;
    final Conversion conversion;
    final Policies policies;
    final Backfill backfill;
    final AllocationPass pass;
    final Expiry expiry;

    Parts(AllocatorContext context) {
        cluster = new ClusterTotals(context);
        usableRoles = context.usableRoles();
        roles = new RoleTable(context);
        roleGoods = new RoleGoods(roles);
        traits = new Traits(context, roles, roleGoods);
        specials = new SpecialTable(traits);
        minimum = new OfferMinimum(context);
        agents = new AgentTable(context, minimum, cluster, specials);
        headroom = agents.headroom();
        frameworks = new FrameworkTable(context);
        givable = new Givable(this);
        gpuAgents = new GpuAgents(context, this);
        filters = new FilterTable(context, this);
        exclusions = new Exclusions(context, agents);
        suitability = new Suitability(agents, exclusions);
        groups = new GroupTable(agents);
        demands = new DemandTable(context, traits, suitability);
        numberChoice = new NumberChoice(agents, demands.shapes());
        runs = new RunTable(demands, frameworks, roles, traits);
        runEnds = new RunEnds(context, demands, agents);
        reservedRoom = new ReservedRoom(agents, demands.shapes(), runEnds);
        claims = new ClaimTable(demands);
        preemptionBudget = new PreemptionBudget(context);
        contenders = new Contenders(context, cluster, roles, frameworks);
        quotas = new QuotaTable(roles, roleGoods, contenders, headroom);
        specialLedger = new SpecialLedger(this);
        specialTotals = new SpecialTotals(this);
        quotaGate = new QuotaGate(this);
        heldBack = new HeldBack(this);
        maintenance = new Maintenance(context.handler(), frameworks);
        ledger = new Ledger(this);
        conversion = new Conversion(this);
        policies = new Policies(this);
        backfill = new Backfill(this);
        claimBook = new Claims(this);
        preemption = new Preemption(context, this);
        pass = new AllocationPass(context.handler(), this);
        expiry = new Expiry(context.handler(), this);
    }
}
