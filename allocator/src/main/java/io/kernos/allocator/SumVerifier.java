package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that what agents, frameworks, roles and the cluster hold agrees. */
final class SumVerifier {
    private final ClusterTotals cluster;
    private final AgentTable agents;
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final RoleGoods roleGoods;
    private final Traits traits;
    private final SpecialTable specials;

    SumVerifier(Parts parts) {
        cluster = parts.cluster;
        agents = parts.agents;
        roles = parts.roles;
        frameworks = parts.frameworks;
        roleGoods = parts.roleGoods;
        traits = parts.traits;
        specials = parts.specials;
    }

    void verify() {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            verifySums(kind);
        }
    }

    private void verifySums(int kind) {
        long total = 0;
        long onAgents = 0;
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent)) {
                total += agents.total(agent, kind) + totalOfSpecials(agent, kind);
                onAgents += agents.at(agent, Account.OFFERED, kind)
                        + agents.at(agent, Account.USED, kind)
                        + allocatedOfSpecials(agent, kind);
            }
        }
        require(total == cluster.total(kind), "agents make up the cluster, kind", kind);
        require(onAgents == cluster.allocated(kind), "agents make up what is allocated, kind", kind);
        long[] byRole = new long[roles.bound()];
        long ofFrameworks = 0;
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            if (frameworks.isKnown(framework)) {
                long held = frameworks.held().at(framework, kind)
                        - frameworks.shared().at(framework, kind);
                require(frameworks.at(framework, Account.OFFERED, kind) >= 0, "offered is not negative", framework);
                require(frameworks.at(framework, Account.USED, kind) >= 0, "used is not negative", framework);
                byRole[frameworks.role(framework)] += held;
                ofFrameworks += held;
            }
        }
        require(ofFrameworks == onAgents, "frameworks hold what is allocated, kind", kind);
        verifyRoles(kind, byRole);
    }

    private void verifyRoles(int kind, long[] own) {
        long[] below = own.clone();
        int[] children = new int[own.length];
        for (int role = 0; role < own.length; role++) {
            for (int each = role; roles.isKnown(each) && roles.parent(each) != RoleTable.ROOT; ) {
                each = roles.parent(each);
                below[each] += own[role];
                children[each] += roles.parent(role) == each ? 1 : 0;
            }
        }
        for (int role = 0; role < own.length; role++) {
            if (roles.isKnown(role)) {
                require(
                        roles.own(role, kind) - roleGoods.ownShared(role, kind) == own[role],
                        "frameworks make up the role",
                        role);
                require(
                        roles.held(role, kind) - roleGoods.shared(role, kind) == below[role],
                        "roles below make up the role",
                        role);
                require(roles.children(role) == children[role], "children are counted", role);
            }
        }
    }

    private long totalOfSpecials(int agent, int kind) {
        long total = 0;
        for (int row = specials.first(agent); row != SpecialTable.NONE; row = specials.next(row)) {
            total += specials.accounts().total(row, kind);
        }
        return total;
    }

    private long allocatedOfSpecials(int agent, int kind) {
        long allocated = 0;
        for (int row = specials.first(agent); row != SpecialTable.NONE; row = specials.next(row)) {
            if (!traits.isShared(specials.trait(row))) {
                allocated += specials.accounts().at(row, Account.OFFERED, kind)
                        + specials.accounts().at(row, Account.USED, kind);
            }
        }
        return allocated;
    }
}
