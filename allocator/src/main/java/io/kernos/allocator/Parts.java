package io.kernos.allocator;

/** What an allocator is made of, put together in one place. */
final class Parts {
    final ClusterTotals cluster = new ClusterTotals();
    final AgentTable agents;
    final RoleTable roles;
    final FrameworkTable frameworks;
    final DemandTable demands;
    final FilterTable filters;
    final Exclusions exclusions;
    final Contenders contenders;
    final Ledger ledger;
    final Policies policies;
    final AllocationPass pass;

    Parts(AllocatorContext context) {
        agents = new AgentTable(context, new OfferMinimum(context), cluster);
        roles = new RoleTable(context);
        frameworks = new FrameworkTable(context);
        demands = new DemandTable(context);
        filters = new FilterTable(context, agents);
        exclusions = new Exclusions(agents);
        contenders = new Contenders(cluster, roles, frameworks);
        ledger = new Ledger(this);
        policies = new Policies(this);
        pass = new AllocationPass(context.handler(), this);
    }
}
