package io.kernos.allocator;

/** Who contends, least first: the roles that have contending frameworks, and in each role those frameworks. */
final class Contenders {
    private final ClusterTotals cluster;
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final IndexSet contending = new IndexSet();
    private final ShareOrder roleOrder = new ShareOrder();
    private ShareOrder[] frameworkOrders = new ShareOrder[0];
    private double[] roleShares = new double[0];
    private double[] frameworkShares = new double[0];
    private long totalsVersion;

    Contenders(ClusterTotals cluster, RoleTable roles, FrameworkTable frameworks) {
        this.cluster = cluster;
        this.roles = roles;
        this.frameworks = frameworks;
    }

    ShareOrder roleOrder() {
        return roleOrder;
    }

    ShareOrder frameworkOrder(int role) {
        return frameworkOrders[role];
    }

    boolean contends(int framework) {
        return contending.contains(framework);
    }

    int size() {
        return contending.size();
    }

    void update(int framework, boolean contends) {
        if (contends) {
            if (contending.add(framework)) {
                enter(framework);
            }
        } else if (contending.remove(framework)) {
            leave(framework);
        }
    }

    void onHoldingChanged(int framework) {
        int role = frameworks.role(framework);
        if (contending.contains(framework)) {
            double share = frameworks.share(framework, cluster);
            frameworkOrders[role].move(framework, frameworkShares[framework], share);
            frameworkShares[framework] = share;
        }
        onRoleShareChanged(role);
    }

    void onRoleShareChanged(int role) {
        if (role < frameworkOrders.length && frameworkOrders[role] != null && frameworkOrders[role].size() > 0) {
            double share = roles.share(role, cluster);
            roleOrder.move(role, roleShares[role], share);
            roleShares[role] = share;
        }
    }

    /** Brings all shares up to date where the totals have changed, as every share then has. */
    void refresh() {
        if (totalsVersion == cluster.version()) {
            return;
        }
        totalsVersion = cluster.version();
        for (int i = 0; i < roleOrder.size(); i++) {
            int role = roleOrder.id(i);
            roleShares[role] = roles.share(role, cluster);
            roleOrder.replaceAt(i, roleShares[role]);
            refresh(frameworkOrders[role]);
        }
        roleOrder.sort();
    }

    private void refresh(ShareOrder order) {
        for (int i = 0; i < order.size(); i++) {
            int framework = order.id(i);
            frameworkShares[framework] = frameworks.share(framework, cluster);
            order.replaceAt(i, frameworkShares[framework]);
        }
        order.sort();
    }

    private void enter(int framework) {
        int role = frameworks.role(framework);
        ShareOrder order = ensureOrder(role);
        frameworkShares = Columns.grow(frameworkShares, framework + 1);
        frameworkShares[framework] = frameworks.share(framework, cluster);
        order.add(framework, frameworkShares[framework]);
        if (order.size() == 1) {
            roleShares[role] = roles.share(role, cluster);
            roleOrder.add(role, roleShares[role]);
        }
    }

    private void leave(int framework) {
        int role = frameworks.role(framework);
        frameworkOrders[role].remove(framework, frameworkShares[framework]);
        if (frameworkOrders[role].size() == 0) {
            roleOrder.remove(role, roleShares[role]);
        }
    }

    private ShareOrder ensureOrder(int role) {
        frameworkOrders = Columns.grow(frameworkOrders, role + 1);
        roleShares = Columns.grow(roleShares, role + 1);
        if (frameworkOrders[role] == null) {
            frameworkOrders[role] = new ShareOrder();
        }
        return frameworkOrders[role];
    }
}
