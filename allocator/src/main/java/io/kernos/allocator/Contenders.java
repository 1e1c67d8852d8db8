package io.kernos.allocator;

/**
 * Who contends, least first, level by level: at the root and in each role that has children an order of those children
 * under which somebody contends, the role's own frameworks among them as one; and in each role an order of frameworks.
 *
 * <p>A change of what a framework holds is only noted, and the orders are brought up to date when they are asked: of
 * what is given back by the thousand, each framework moves once.
 */
final class Contenders {
    /** Stands for a role's own frameworks among its children. Of equal shares it comes first. */
    static final int OWN = -1;

    private static final int MANY = 16;

    private final ClusterTotals cluster;
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final ContenderKeys keys;
    private final IndexSet contending = new IndexSet();
    private final ShareOrder top = new ShareOrder();
    private final ShareOrder owedTop = new ShareOrder();
    private boolean[] owes = new boolean[0];
    private ShareOrder[] levels = new ShareOrder[0];
    private ShareOrder[] frameworkOrders = new ShareOrder[0];
    private double[] roleShares = new double[0];
    private double[] ownShares = new double[0];
    private double[] frameworkShares = new double[0];
    private boolean[] isNoted = new boolean[0];
    private int[] noted = new int[0];
    private int notedCount;
    private long totalsVersion;

    Contenders(AllocatorContext context, ClusterTotals cluster, RoleTable roles, FrameworkTable frameworks) {
        this.keys = new ContenderKeys(context, cluster, roles, frameworks);
        this.cluster = cluster;
        this.roles = roles;
        this.frameworks = frameworks;
    }

    ContenderKeys keys() {
        return keys;
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
        refreshNoted();
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

    /** Notes that a framework holds more or less than before. */
    void onHoldingChanged(int framework) {
        isNoted = Columns.grow(isNoted, framework + 1);
        if (!isNoted[framework]) {
            isNoted[framework] = true;
            noted = Columns.grow(noted, notedCount + 1);
            noted[notedCount++] = framework;
        }
    }

    /** Moves those of whom it was noted that they hold more or less; totals have not changed since {@link #refresh}. */
    void refreshNoted() {
        for (int i = 0; i < notedCount; i++) {
            isNoted[noted[i]] = false;
            moveAlongPath(noted[i]);
        }
        notedCount = 0;
    }

    private void moveAlongPath(int framework) {
        int role = frameworks.role(framework);
        if (contending.contains(framework) && frameworkOrders[role].size() > 1) {
            moveFramework(framework, keys.ofFramework(framework, frameworkShares[framework]));
        }
        if (keys.drawsRoles()) {
            return;
        }
        if (roles.hasChildren(role) && frameworkOrders[role].size() > 0) {
            moveOwn(role, keys.ofOwn(role, ownShares[role]));
        }
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            onRoleShareChanged(each);
        }
    }

    /** Draws anew for all who contend, where that is how their order is decided. */
    void beginRound(long seed, int pass, int round) {
        if (keys.drawsAny()) {
            keys.begin(seed, pass, round);
            refreshAll(true, true);
        }
    }

    /** To be called when a framework has taken a step: where lots are drawn, its next turn is drawn. */
    void onStepped(int framework) {
        if (!keys.drawsAny()) {
            return;
        }
        int role = frameworks.role(framework);
        if (contending.contains(framework)) {
            moveFramework(framework, keys.nextOfFramework(framework, frameworkShares[framework]));
        }
        if (roles.hasChildren(role) && frameworkOrders[role].size() > 0) {
            moveOwn(role, keys.nextOfOwn(role, ownShares[role]));
        }
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            if (contendsUnder(each)) {
                moveRole(each, keys.nextOfRole(each, roleShares[each]));
            }
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
            moveRole(role, keys.ofRole(role, roleShares[role]));
        }
    }

    boolean contendsUnder(int role) {
        return frameworkOrders[role].size() > 0 || levels[role].size() > 0;
    }

    /** Brings the orders up to date: all shares have changed where totals have, and many where many were noted. */
    void refresh() {
        boolean changedAll = totalsVersion != cluster.version();
        boolean changedMany = notedCount > MANY && notedCount > contending.size() / 4;
        if (changedAll || changedMany) {
            totalsVersion = cluster.version();
            forgetNoted();
            refreshAll(false, changedMany);
        } else {
            refreshNoted();
        }
    }

    private void forgetNoted() {
        for (int i = 0; i < notedCount; i++) {
            isNoted[noted[i]] = false;
        }
        notedCount = 0;
    }

    private void refreshAll(boolean draws, boolean isShuffled) {
        refreshLevel(RoleTable.ROOT, draws, isShuffled);
        for (int i = 0; i < owedTop.size(); i++) {
            owedTop.replaceAt(i, roleShares[owedTop.id(i)]);
        }
        sort(owedTop, isShuffled);
    }

    private void refreshLevel(int parent, boolean draws, boolean isShuffled) {
        ShareOrder level = level(parent);
        for (int i = 0; i < level.size(); i++) {
            int role = level.id(i);
            if (role == OWN) {
                ownShares[parent] = draws ? keys.nextOfOwn(parent, 0) : keys.ofOwn(parent, ownShares[parent]);
                level.replaceAt(i, ownShares[parent]);
            } else {
                roleShares[role] = draws ? keys.nextOfRole(role, 0) : keys.ofRole(role, roleShares[role]);
                level.replaceAt(i, roleShares[role]);
                refreshFrameworks(frameworkOrders[role], draws, isShuffled);
                refreshLevel(role, draws, isShuffled);
            }
        }
        sort(level, isShuffled);
    }

    private void refreshFrameworks(ShareOrder order, boolean draws, boolean isShuffled) {
        if (order.size() == 1 && !draws) {
            return;
        }
        for (int i = 0; i < order.size(); i++) {
            int framework = order.id(i);
            double before = frameworkShares[framework];
            frameworkShares[framework] =
                    draws ? keys.nextOfFramework(framework, 0) : keys.ofFramework(framework, before);
            order.replaceAt(i, frameworkShares[framework]);
        }
        sort(order, isShuffled);
    }

    private static void sort(ShareOrder order, boolean isShuffled) {
        if (isShuffled) {
            order.sortShuffled();
        } else {
            order.sort();
        }
    }

    private void moveFramework(int framework, double key) {
        frameworkOrders[frameworks.role(framework)].move(framework, frameworkShares[framework], key);
        frameworkShares[framework] = key;
    }

    private void moveOwn(int role, double key) {
        levels[role].move(OWN, ownShares[role], key);
        ownShares[role] = key;
    }

    private void moveRole(int role, double key) {
        level(roles.parent(role)).move(role, roleShares[role], key);
        if (isOwedTop(role)) {
            owedTop.move(role, roleShares[role], key);
        }
        roleShares[role] = key;
    }

    private void enter(int framework) {
        int role = frameworks.role(framework);
        ShareOrder order = frameworkOrders[role];
        if (order.size() == 1) {
            refreshFirst(order);
        }
        frameworkShares = Columns.grow(frameworkShares, framework + 1);
        frameworkShares[framework] = keys.ofFramework(framework, 0);
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

    /** Whoever was alone in a role was in no order that mattered: its share was left as it was. */
    private void refreshFirst(ShareOrder order) {
        int framework = order.id(0);
        frameworkShares[framework] = keys.ofFramework(framework, frameworkShares[framework]);
        order.replaceAt(0, frameworkShares[framework]);
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
        ownShares[role] = keys.ofOwn(role, 0);
        levels[role].add(OWN, ownShares[role]);
    }

    private void enterRole(int role) {
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            roleShares[each] = keys.ofRole(each, 0);
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
