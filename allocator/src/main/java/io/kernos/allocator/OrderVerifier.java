package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that who may contend is in the orders, at the share that it has. */
final class OrderVerifier {
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final Contenders contenders;
    private final Policies policies;
    private int counted;

    OrderVerifier(Parts parts) {
        roles = parts.roles;
        frameworks = parts.frameworks;
        contenders = parts.contenders;
        policies = parts.policies;
    }

    void verify() {
        contenders.refresh();
        verifyLevel(RoleTable.ROOT);
        require(counted == contenders.size(), "all contenders are in the orders; counted", counted);
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            boolean contends = frameworks.isKnown(framework) && policies.mayContend(framework);
            require(contends == contenders.contends(framework), "who may contend does", framework);
        }
    }

    private void verifyLevel(int parent) {
        ShareOrder level = contenders.level(parent);
        verifyAscending(level);
        for (int i = 0; i < level.size(); i++) {
            int role = level.id(i);
            if (role == Contenders.OWN) {
                double share = contenders.keys().ofOwn(parent, level.share(i));
                require(level.share(i) == share, "own share is up to date", parent);
                require(roles.hasChildren(parent), "own frameworks have siblings", parent);
                verifyFrameworks(parent);
            } else {
                double share = contenders.keys().ofRole(role, level.share(i));
                require(level.share(i) == share, "role share is up to date", role);
                require(roles.parent(role) == parent, "role is in its parent's order", role);
                if (roles.hasChildren(role)) {
                    require(contenders.level(role).size() > 0, "role in the order has a contender", role);
                    verifyLevel(role);
                } else {
                    require(contenders.level(role).size() == 0, "role without children has no order of them", role);
                    verifyFrameworks(role);
                }
            }
        }
    }

    private void verifyFrameworks(int role) {
        ShareOrder order = contenders.frameworkOrder(role);
        require(order.size() > 0, "role in the order has a contender", role);
        verifyAscending(order);
        for (int i = 0; i < order.size(); i++) {
            int framework = order.id(i);
            double share = contenders.keys().ofFramework(framework, order.share(i));
            require(frameworks.role(framework) == role, "framework is in its role's order", framework);
            require(order.size() == 1 || order.share(i) == share, "framework share is up to date", framework);
            require(contenders.contends(framework), "framework in the order contends", framework);
        }
        counted += order.size();
    }

    private static void verifyAscending(ShareOrder order) {
        for (int i = 1; i < order.size(); i++) {
            boolean ascends = order.share(i - 1) < order.share(i)
                    || (order.share(i - 1) == order.share(i) && order.id(i - 1) < order.id(i));
            require(ascends, "order ascends at", i);
        }
    }
}
