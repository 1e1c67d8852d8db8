package io.kernos.allocator;

/**
 * Who contends, least first, level by level: at the root and in each role that has children an order of those children
 * under which somebody contends, the role's own frameworks among them as one; and in each role an order of frameworks.
 */
final class Contenders {
    /** Stands for a role's own frameworks among its children. Of equal shares it comes first. */
    static final int OWN = -1;

    private final ClusterTotals cluster;
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final IndexSet contending = new IndexSet();
    private final ShareOrder top = new ShareOrder();
    private final ShareOrder owedTop = new ShareOrder();
    private boolean[] owes = new boolean[0];
    private ShareOrder[] levels = new ShareOrder[0];
    private ShareOrder[] frameworkOrders = new ShareOrder[0];
    private double[] roleShares = new double[0];
    private double[] ownShares = new double[0];
    private double[] frameworkShares = new double[0];
    private long totalsVersion;

    Contenders(ClusterTotals cluster, RoleTable roles, FrameworkTable frameworks) {
        this.cluster = cluster;
        this.roles = roles;
        this.frameworks = frameworks;
    }

    /** The order below a role that has children, or below the root. */
    ShareOrder level(int role) {
        return role == RoleTable.ROOT ? top : levels[role];
    }

    /** Of the roles at the top under which somebody contends, those to which something is owed for guarantees. */
    ShareOrder owedTop() {
        return owedTop;
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

    /** To be called with a role in the table: its parent's own frameworks now have a sibling. */
    void onRoleAdded(int role) {
        ensureRole(role);
        int parent = roles.parent(role);
        if (parent != RoleTable.ROOT && roles.children(parent) == 1 && frameworkOrders[parent].size() > 0) {
            enterOwn(parent);
        }
    }

    /** To be called with a role out of the table: its parent's own frameworks may have no sibling left. */
    void onRoleRemoved(int parent) {
        if (parent != RoleTable.ROOT && !roles.hasChildren(parent) && levels[parent].size() > 0) {
            levels[parent].remove(OWN, ownShares[parent]);
        }
    }

    void onHoldingChanged(int framework) {
        int role = frameworks.role(framework);
        if (contending.contains(framework)) {
            double share = frameworks.share(framework, cluster);
            frameworkOrders[role].move(framework, frameworkShares[framework], share);
            frameworkShares[framework] = share;
        }
        if (roles.hasChildren(role) && frameworkOrders[role].size() > 0) {
            double share = roles.ownShare(role, cluster);
            levels[role].move(OWN, ownShares[role], share);
            ownShares[role] = share;
        }
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            onRoleShareChanged(each);
        }
    }

    /** To be called with a role at the top, whether or not anything is owed to it now. */
    void onOwedChanged(int role, boolean owed) {
        if (owes[role] != owed) {
            owes[role] = owed;
            if (contendsUnder(role)) {
                if (owed) {
                    owedTop.add(role, roleShares[role]);
                } else {
                    owedTop.remove(role, roleShares[role]);
                }
            }
        }
    }

    void onRoleShareChanged(int role) {
        if (contendsUnder(role)) {
            double share = roles.share(role, cluster);
            level(roles.parent(role)).move(role, roleShares[role], share);
            if (isOwedTop(role)) {
                owedTop.move(role, roleShares[role], share);
            }
            roleShares[role] = share;
        }
    }

    boolean contendsUnder(int role) {
        return frameworkOrders[role].size() > 0 || levels[role].size() > 0;
    }

    /** Brings all shares up to date where the totals have changed, as every share then has. */
    void refresh() {
        if (totalsVersion != cluster.version()) {
            totalsVersion = cluster.version();
            refreshLevel(RoleTable.ROOT);
            for (int i = 0; i < owedTop.size(); i++) {
                owedTop.replaceAt(i, roleShares[owedTop.id(i)]);
            }
            owedTop.sort();
        }
    }

    private void refreshLevel(int parent) {
        ShareOrder level = level(parent);
        for (int i = 0; i < level.size(); i++) {
            int role = level.id(i);
            if (role == OWN) {
                ownShares[parent] = roles.ownShare(parent, cluster);
                level.replaceAt(i, ownShares[parent]);
            } else {
                roleShares[role] = roles.share(role, cluster);
                level.replaceAt(i, roleShares[role]);
                refreshFrameworks(frameworkOrders[role]);
                refreshLevel(role);
            }
        }
        level.sort();
    }

    private void refreshFrameworks(ShareOrder order) {
        for (int i = 0; i < order.size(); i++) {
            int framework = order.id(i);
            frameworkShares[framework] = frameworks.share(framework, cluster);
            order.replaceAt(i, frameworkShares[framework]);
        }
        order.sort();
    }

    private void enter(int framework) {
        int role = frameworks.role(framework);
        ShareOrder order = frameworkOrders[role];
        frameworkShares = Columns.grow(frameworkShares, framework + 1);
        frameworkShares[framework] = frameworks.share(framework, cluster);
        order.add(framework, frameworkShares[framework]);
        if (order.size() == 1) {
            boolean contended = levels[role].size() > 0;
            if (roles.hasChildren(role)) {
                enterOwn(role);
            }
            if (!contended) {
                enterRole(role);
            }
        }
    }

    private void leave(int framework) {
        int role = frameworks.role(framework);
        frameworkOrders[role].remove(framework, frameworkShares[framework]);
        if (frameworkOrders[role].size() == 0) {
            if (roles.hasChildren(role)) {
                levels[role].remove(OWN, ownShares[role]);
            }
            if (levels[role].size() == 0) {
                leaveRole(role);
            }
        }
    }

    private void enterOwn(int role) {
        ownShares[role] = roles.ownShare(role, cluster);
        levels[role].add(OWN, ownShares[role]);
    }

    private void enterRole(int role) {
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            roleShares[each] = roles.share(each, cluster);
            ShareOrder level = level(roles.parent(each));
            level.add(each, roleShares[each]);
            if (isOwedTop(each)) {
                owedTop.add(each, roleShares[each]);
            }
            if (level.size() > 1) {
                return;
            }
        }
    }

    private void leaveRole(int role) {
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            ShareOrder level = level(roles.parent(each));
            level.remove(each, roleShares[each]);
            if (isOwedTop(each)) {
                owedTop.remove(each, roleShares[each]);
            }
            if (level.size() > 0) {
                return;
            }
        }
    }

    private boolean isOwedTop(int role) {
        return owes[role] && roles.parent(role) == RoleTable.ROOT;
    }

    private void ensureRole(int role) {
        owes = Columns.grow(owes, role + 1);
        levels = Columns.grow(levels, role + 1);
        frameworkOrders = Columns.grow(frameworkOrders, role + 1);
        roleShares = Columns.grow(roleShares, role + 1);
        ownShares = Columns.grow(ownShares, role + 1);
        if (levels[role] == null) {
            levels[role] = new ShareOrder();
            frameworkOrders[role] = new ShareOrder();
        }
    }
}
