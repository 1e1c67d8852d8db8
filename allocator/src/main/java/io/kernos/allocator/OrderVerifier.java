package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks that who may contend is in the orders, at the share that it has. */
final class OrderVerifier {
    private final ClusterTotals cluster;
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final Contenders contenders;
    private final Policies policies;

    OrderVerifier(Parts parts) {
        cluster = parts.cluster;
        roles = parts.roles;
        frameworks = parts.frameworks;
        contenders = parts.contenders;
        policies = parts.policies;
    }

    void verify() {
        contenders.refresh();
        int counted = 0;
        ShareOrder roleOrder = contenders.roleOrder();
        verifyAscending(roleOrder);
        for (int i = 0; i < roleOrder.size(); i++) {
            int role = roleOrder.id(i);
            require(roleOrder.share(i) == roles.share(role, cluster), "role share is up to date", role);
            ShareOrder order = contenders.frameworkOrder(role);
            require(order.size() > 0, "role in the order has a contender", role);
            verifyAscending(order);
            for (int j = 0; j < order.size(); j++) {
                int framework = order.id(j);
                double share = frameworks.share(framework, cluster);
                require(frameworks.role(framework) == role, "framework is in its role's order", framework);
                require(order.share(j) == share, "framework share is up to date", framework);
                require(contenders.contends(framework), "framework in the order contends", framework);
            }
            counted += order.size();
        }
        require(counted == contenders.size(), "all contenders are in the orders; counted", counted);
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            boolean contends = frameworks.isKnown(framework) && policies.mayContend(framework);
            require(contends == contenders.contends(framework), "who may contend does", framework);
        }
    }

    private static void verifyAscending(ShareOrder order) {
        for (int i = 1; i < order.size(); i++) {
            boolean ascends = order.share(i - 1) < order.share(i)
                    || (order.share(i - 1) == order.share(i) && order.id(i - 1) < order.id(i));
            require(ascends, "order ascends at", i);
        }
    }
}
