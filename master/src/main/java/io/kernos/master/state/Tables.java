package io.kernos.master.state;

/** All that the state machine holds, and what keeps it in order. Each behaviour takes the parts it needs from here. */
final class Tables {
    final SessionTable sessions;
    final RoleTable roles;
    final FrameworkTable frameworks;
    final AgentTable agents;
    final DemandTable demands;
    final RelayTable relays;
    final OfferTable offers = new OfferTable();
    final TaskTable tasks = new TaskTable();
    final ToldTable told = new ToldTable();
    final TimerQueue timers = new TimerQueue(TimerKinds.COUNT);
    final Stamps stamps = new Stamps();
    /** Frameworks to be tended at the end of the command at hand. */
    final Chain<Framework> attention = new Chain<>();

    final Projection projection;

    Tables(StateContext context) {
        sessions = new SessionTable(context.maxSessions());
        roles = new RoleTable(context.maxRoles());
        frameworks = new FrameworkTable(context.maxFrameworks());
        agents = new AgentTable(context.maxAgents());
        demands = new DemandTable(context.maxDemands());
        relays = new RelayTable(context.maxRelays());
        projection = new Projection(tasks, context.projecting(), Projection.MAX_RETIRED, context.counting());
    }

    /** A framework is to be tended. */
    void attend(Framework framework) {
        if (!framework.inAttention.isLinked()) {
            attention.append(framework.inAttention);
        }
    }

    /** Marks every object as changed for the read side. */
    void projectAll() {
        for (Role each = roles.from(0); each != null; each = roles.from(each.index + 1)) {
            projection.changed(each);
        }
        for (Framework each = frameworks.from(0); each != null; each = frameworks.from(each.index + 1)) {
            projection.changed(each);
            for (Template template : each.templates) {
                projection.changed(template);
            }
        }
        for (Agent each = agents.from(0); each != null; each = agents.from(each.index + 1)) {
            projection.changed(each);
        }
        for (Demand each = demands.from(0); each != null; each = demands.from(each.index + 1)) {
            projection.changed(each);
        }
        for (Task each = tasks.first(); each != null; each = each.inAll.after()) {
            projection.changed(each);
        }
        for (Offer each = offers.first(); each != null; each = each.inAll.after()) {
            projection.changed(each);
        }
    }
}
