package io.kernos.allocator;

/**
 * The roles, a tree: parent, weight, and what the frameworks in and below each hold.
 *
 * <p>What the frameworks of a role itself hold is kept apart only where it has children: elsewhere it is the same.
 */
final class RoleTable {
    /** The parent of roles at the top. */
    static final int ROOT = -1;

    private final int maxRoles;
    private final ScalarTable held = new ScalarTable();
    private final ScalarTable own = new ScalarTable();
    private long[] weightsMilli = new long[0];
    private int[] parents = new int[0];
    private int[] children = new int[0];
    private int[] frameworks = new int[0];
    private int bound;

    RoleTable(AllocatorContext context) {
        this.maxRoles = context.maxRoles();
    }

    int bound() {
        return bound;
    }

    boolean isKnown(int role) {
        return role >= 0 && role < bound && weightsMilli[role] != 0;
    }

    void require(int role) {
        Checks.state(isKnown(role), "roleIndex", role, "be a role");
    }

    void requireNew(int role) {
        Checks.index("roleIndex", role, maxRoles);
        Checks.state(!isKnown(role), "roleIndex", role, "not be in use");
    }

    /** A parent is there, and not so deep that a child would be too deep. */
    void requireParent(int parent) {
        Checks.state(isKnown(parent), "parentIndex", parent, "be a role");
        int depth = 1;
        for (int role = parent; role != ROOT; role = parents[role]) {
            depth++;
        }
        Checks.state(
                depth <= Allocator.MAX_ROLE_DEPTH,
                "parentIndex",
                parent,
                "be less deep; roles may be " + Allocator.MAX_ROLE_DEPTH + " deep");
    }

    void requireEmpty(int role) {
        Checks.state(frameworks[role] == 0, "roleIndex", role, "have no frameworks; remove them first");
        Checks.state(children[role] == 0, "roleIndex", role, "have no children; remove them first");
    }

    void add(int role, int parent, long weightMilli) {
        weightsMilli = Columns.grow(weightsMilli, role + 1);
        parents = Columns.grow(parents, role + 1);
        children = Columns.grow(children, role + 1);
        frameworks = Columns.grow(frameworks, role + 1);
        held.ensureRow(role);
        own.ensureRow(role);
        weightsMilli[role] = weightMilli;
        parents[role] = parent;
        bound = Math.max(bound, role + 1);
        if (parent != ROOT && children[parent]++ == 0) {
            own.copyRow(parent, held);
        }
    }

    void weight(int role, long weightMilli) {
        weightsMilli[role] = weightMilli;
    }

    long weightMilli(int role) {
        return weightsMilli[role];
    }

    void remove(int role) {
        weightsMilli[role] = 0;
        if (parents[role] != ROOT) {
            children[parents[role]]--;
        }
    }

    int parent(int role) {
        return parents[role];
    }

    boolean hasChildren(int role) {
        return children[role] > 0;
    }

    int children(int role) {
        return children[role];
    }

    void countFrameworks(int role, int change) {
        frameworks[role] += change;
    }

    int frameworks(int role) {
        return frameworks[role];
    }

    /** Books what a framework of a role holds more, on the role and all above it. */
    void hold(int role, Resources resources, int times) {
        if (children[role] > 0) {
            own.add(role, resources, times);
        }
        for (int each = role; each != ROOT; each = parents[each]) {
            held.add(each, resources, times);
        }
    }

    /** Books what one role holds more, without those above it. */
    void holdAt(int role, Resources resources, int times) {
        held.add(role, resources, times);
    }

    /** Books what a role's own frameworks hold more, without the role. */
    void holdOwn(int role, Resources resources, int times) {
        if (children[role] > 0) {
            own.add(role, resources, times);
        }
    }

    /** What the frameworks in and below a role hold. */
    long held(int role, int kind) {
        return held.at(role, kind);
    }

    /** What the frameworks of a role itself hold. */
    long own(int role, int kind) {
        return children[role] > 0 ? own.at(role, kind) : held.at(role, kind);
    }

    double share(int role, ClusterTotals cluster) {
        return cluster.share(held, role, weightsMilli[role]);
    }

    /** The share of a role's own frameworks among its children. */
    double ownShare(int role, ClusterTotals cluster) {
        return cluster.share(children[role] > 0 ? own : held, role, Allocator.WEIGHT_MILLI_DEFAULT);
    }
}
