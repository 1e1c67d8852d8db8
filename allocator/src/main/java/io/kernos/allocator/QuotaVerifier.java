package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks what is owed for guarantees, the headroom, and the order of those to which something is owed. */
final class QuotaVerifier {
    private final AgentTable agents;
    private final Headroom headroom;
    private final RoleTable roles;
    private final QuotaTable quotas;
    private final Contenders contenders;

    QuotaVerifier(Parts parts) {
        agents = parts.agents;
        headroom = parts.headroom;
        roles = parts.roles;
        quotas = parts.quotas;
        contenders = parts.contenders;
    }

    void verify() {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            verifyOwed(kind);
            verifyHeadroom(kind);
        }
        verifyOrder();
    }

    private void verifyOwed(int kind) {
        long required = 0;
        long guaranteed = 0;
        for (int role = 0; role < roles.bound(); role++) {
            if (roles.isKnown(role)) {
                required += roles.parent(role) == RoleTable.ROOT ? owed(role, kind) : 0;
                guaranteed += guarantee(role, kind);
                require(quotas.owed(role, kind) == owed(role, kind), "what is owed is up to date, role", role);
                require(quotas.owedBelow(role, kind) == owedBelow(role, kind), "owed below is up to date, role", role);
            } else {
                require(quotas.of(role) == null, "only a role that is there has a quota, role", role);
            }
        }
        require(quotas.required(kind) == required, "what is owed at the top makes up the headroom, kind", kind);
        require(quotas.guaranteed(kind) == guaranteed, "guarantees add up, kind", kind);
    }

    private void verifyHeadroom(int kind) {
        long free = 0;
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent) && agents.mayGive(agent) && headroom.isTracked()) {
                free += agents.givableUnderQuotas(agent, kind);
            }
        }
        require(headroom.free(kind) == free, "agents make up what is free, kind", kind);
        require(headroom.isTracked() || quotas.guaranteed(kind) == 0, "headroom is kept for guarantees, kind", kind);
    }

    private void verifyOrder() {
        contenders.refresh();
        ShareOrder owedTop = contenders.owedTop();
        int owing = 0;
        ShareOrder top = contenders.level(RoleTable.ROOT);
        for (int i = 0; i < top.size(); i++) {
            boolean owes = false;
            for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
                owes |= quotas.owed(top.id(i), kind) > 0;
            }
            if (owes) {
                require(owing < owedTop.size(), "all to which something is owed are in the order; index", owing);
                require(owedTop.id(owing) == top.id(i), "the order of those owed is that of all, role", top.id(i));
                require(owedTop.share(owing) == top.share(i), "share in the order of those owed, role", top.id(i));
                owing++;
            }
        }
        require(owing == owedTop.size(), "only those to which something is owed are in the order; there are", owing);
    }

    private long owed(int role, int kind) {
        return Math.max(0, Math.max(guarantee(role, kind) - quotas.consumed(role, kind), owedBelow(role, kind)));
    }

    private long owedBelow(int role, int kind) {
        long sum = 0;
        for (int child = 0; roles.hasChildren(role) && child < roles.bound(); child++) {
            sum += roles.isKnown(child) && roles.parent(child) == role ? owed(child, kind) : 0;
        }
        return sum;
    }

    private long guarantee(int role, int kind) {
        return quotas.of(role) == null ? 0 : quotas.of(role).guarantee(kind);
    }
}
