package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Checks what is special: each row by itself, references to what is shared, and how often traits are used. */
final class SpecialVerifier {
    private final AgentTable agents;
    private final Traits traits;
    private final SpecialTable specials;
    private final SharedReferences references;
    private final FrameworkTable frameworks;
    private final RoleTable roles;
    private final RoleGoods roleGoods;
    private final DemandTable demands;
    private final FilterTable filters;
    private final Set<Resources> refusals = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int[] uses;

    SpecialVerifier(Parts parts) {
        agents = parts.agents;
        traits = parts.traits;
        specials = parts.specials;
        references = parts.specialLedger.references();
        frameworks = parts.frameworks;
        roles = parts.roles;
        roleGoods = parts.roleGoods;
        demands = parts.demands;
        filters = parts.filters;
        uses = new int[traits.bound()];
    }

    void verify() {
        for (int agent = 0; agent < agents.bound(); agent++) {
            int before = Traits.PLAIN;
            for (int row = specials.first(agent); row != SpecialTable.NONE; row = specials.next(row)) {
                require(agents.isKnown(agent), "agent with rows is known", agent);
                require(specials.agent(row) == agent, "row is in the list of its agent", row);
                require(specials.trait(row) > before, "rows ascend by trait", row);
                require(
                        !specials.accounts().hasNoTotal(row) || specials.isAllocated(row),
                        "row stands for something",
                        row);
                before = specials.trait(row);
                uses[before]++;
                verifyRow(row, before);
            }
        }
        verifyTraits();
    }

    private void verifyRow(int row, int trait) {
        AccountTable accounts = specials.accounts();
        if (traits.isShared(trait)) {
            verifyShared(row);
        } else {
            AgentVerifier.verifyScalars(accounts, row, accounts.isOvercommitted(row));
            AgentVerifier.verifyRanges(accounts, row, accounts.isOvercommitted(row));
        }
    }

    private void verifyShared(int row) {
        long size = specials.accounts().total(row, ResourceKinds.DISK);
        long offered = 0;
        long used = 0;
        int[] below = new int[roles.bound()];
        int[] own = new int[roles.bound()];
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            offered += references.of(Account.OFFERED, row, framework);
            used += references.of(Account.USED, row, framework);
            if (references.has(row, framework)) {
                require(frameworks.isKnown(framework), "framework with references is known", framework);
                own[frameworks.role(framework)]++;
                countAbove(frameworks.role(framework), below);
            }
        }
        for (int role = 0; role < below.length; role++) {
            require((references.inRole(row, role) != 0) == (below[role] != 0), "role has references", role);
            require(references.own(row, role) == own[role], "role's own frameworks have references", role);
        }
        AccountTable accounts = specials.accounts();
        require(accounts.at(row, Account.FREE, ResourceKinds.DISK) == size, "shared volume stays free", row);
        require(accounts.at(row, Account.OFFERED, ResourceKinds.DISK) == offered * size, "offered references", row);
        require(accounts.at(row, Account.USED, ResourceKinds.DISK) == used * size, "used references", row);
    }

    private void countAbove(int ownRole, int[] below) {
        for (int role = ownRole; role != RoleTable.ROOT; role = roles.parent(role)) {
            below[role]++;
        }
    }

    private void countUses(Resources resources) {
        for (int i = 0; i < resources.specials(); i++) {
            uses[resources.specialTrait(i)]++;
        }
    }

    private void verifyTraits() {
        int[] named = new int[roles.bound()];
        filters.forEach((framework, agent, refused, untilMs) -> refusals.add(refused));
        refusals.forEach(this::countUses);
        for (int demand = 0; demand < demands.bound(); demand++) {
            if (demands.isKnown(demand)) {
                countUses(demands.perTask(demand));
            }
        }
        for (int trait = 0; trait < traits.bound(); trait++) {
            if (traits.isKnown(trait) && traits.madeOf(trait) != Traits.PLAIN) {
                uses[traits.madeOf(trait)]++;
            }
        }
        for (int trait = 0; trait < traits.bound(); trait++) {
            if (traits.isKnown(trait)) {
                require(traits.uses(trait) == uses[trait], "uses of a trait are counted", trait);
                traits.get(trait).reservations().forEach(reservation -> named[reservation.roleIndex()]++);
            } else {
                require(uses[trait] == 0, "trait that is used is known", trait);
            }
        }
        for (int role = 0; role < roles.bound(); role++) {
            require(
                    !roles.isKnown(role) || roleGoods.traits(role) == named[role],
                    "traits of a role are counted",
                    role);
        }
    }
}
