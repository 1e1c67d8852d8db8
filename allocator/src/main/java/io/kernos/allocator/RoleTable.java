package io.kernos.allocator;

/** The roles: weight, what their frameworks hold, and how many those are. */
final class RoleTable {
    private final int maxRoles;
    private final ScalarTable held = new ScalarTable();
    private long[] weightsMilli = new long[0];
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

    void requireNoFrameworks(int role) {
        Checks.state(frameworks[role] == 0, "roleIndex", role, "have no frameworks; remove them first");
    }

    void add(int role, long weightMilli) {
        weightsMilli = Columns.grow(weightsMilli, role + 1);
        frameworks = Columns.grow(frameworks, role + 1);
        held.ensureRow(role);
        weightsMilli[role] = weightMilli;
        bound = Math.max(bound, role + 1);
    }

    void weight(int role, long weightMilli) {
        weightsMilli[role] = weightMilli;
    }

    void remove(int role) {
        weightsMilli[role] = 0;
    }

    void countFrameworks(int role, int change) {
        frameworks[role] += change;
    }

    int frameworks(int role) {
        return frameworks[role];
    }

    ScalarTable held() {
        return held;
    }

    double share(int role, ClusterTotals cluster) {
        return cluster.share(held, role, weightsMilli[role]);
    }
}
