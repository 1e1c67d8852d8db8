package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.allocator.AllocatorContext;

/** Puts the state machine together, from the ground up. */
final class Parts {
    final StateContext context;
    final Tables tables;
    final Publishers publishers;
    final Allocator allocator;
    final Ledger ledger;
    final Templates templates;
    final Frameworks frameworks;
    final Offers offers;
    final Sessions sessions;
    final Steps steps;
    final IngressAdapter ingress;

    Parts(StateContext context) {
        this.context = context;
        tables = new Tables(context);
        publishers = new Publishers(context.effects(), tables);
        Decisions decisions = new Decisions(tables);
        allocator = new Allocator(allocatorContext(context).handler(decisions));
        ledger = new Ledger(tables, allocator);
        Updates updates = new Updates(tables, publishers, context);
        TaskLife life = new TaskLife(tables, ledger, updates, context);
        Launcher launcher = new Launcher(tables, publishers, life, context);
        Demands demands = new Demands(tables, allocator, launcher, ledger, life, updates, context);
        offers = new Offers(tables, publishers, allocator, ledger, context);
        decisions.bind(demands, offers);
        templates = new Templates(tables, context);
        Kills kills = new Kills(tables, publishers, demands, updates);
        frameworks = new Frameworks(tables, publishers, allocator, templates, offers, demands, updates, kills, context);
        Agents agents = new Agents(tables, allocator, offers, life, context);
        Registrations registrations = new Registrations(tables, publishers, agents, life, launcher, kills, context);
        Relays relays = new Relays(tables, publishers, agents, context);
        sessions = new Sessions(tables, publishers, frameworks, relays, registrations, context);
        steps = new Steps(tables, allocator, decisions, demands, offers, frameworks, agents);
        Acceptance acceptance = new Acceptance(tables, offers, demands, life, launcher, ledger, context);
        Submissions submissions = new Submissions(tables, publishers, demands, context);
        Reconciliation reconciliation = new Reconciliation(publishers, updates);
        Statuses statuses = new Statuses(tables, publishers, life, context);
        FrameworkAdapter frameworkAdapter = new FrameworkAdapter(
                tables, publishers, frameworks, templates, acceptance, submissions, kills, updates, reconciliation);
        AgentAdapter agentAdapter = new AgentAdapter(publishers, relays, agents, registrations, statuses);
        Request request = new Request(publishers.frameworks, context.counting());
        ingress = new IngressAdapter(tables, frameworkAdapter, agentAdapter, request, context);
    }

    private static AllocatorContext allocatorContext(StateContext context) {
        return new AllocatorContext()
                .maxAgents(context.maxAgents())
                .maxFrameworks(context.maxFrameworks())
                .maxRoles(context.maxRoles())
                .maxDemands(context.maxDemands())
                .maxFilters(context.maxFilters());
    }
}
