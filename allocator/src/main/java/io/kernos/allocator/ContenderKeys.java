package io.kernos.allocator;

/** What contenders are in order of, lowest first: their shares, or the times that are drawn by lot for them. */
final class ContenderKeys {
    private static final int KINDS = 3;
    private static final int OF_ROLE = 0;
    private static final int OF_OWN = 1;
    private static final int OF_FRAMEWORK = 2;

    private final boolean drawsRoles;
    private final boolean drawsFrameworks;
    private final ClusterTotals cluster;
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final Lots lots = new Lots();

    ContenderKeys(AllocatorContext context, ClusterTotals cluster, RoleTable roles, FrameworkTable frameworks) {
        this.drawsRoles = context.roleSorter() == Sorter.RANDOM;
        this.drawsFrameworks = context.frameworkSorter() == Sorter.RANDOM;
        this.cluster = cluster;
        this.roles = roles;
        this.frameworks = frameworks;
    }

    boolean drawsRoles() {
        return drawsRoles;
    }

    boolean drawsFrameworks() {
        return drawsFrameworks;
    }

    boolean drawsAny() {
        return drawsRoles || drawsFrameworks;
    }

    void begin(long seed, int pass, int round) {
        lots.begin(seed, pass, round);
    }

    /** The key of a role now: what is drawn stays until the role steps. */
    double ofRole(int role, double before) {
        return drawsRoles ? before : roles.share(role, cluster);
    }

    /** The key of a role's own frameworks among its children. */
    double ofOwn(int role, double before) {
        return drawsRoles ? before : roles.ownShare(role, cluster);
    }

    double ofFramework(int framework, double before) {
        return drawsFrameworks ? before : frameworks.share(framework, cluster);
    }

    /** The key of a role after a step in or below it. */
    double nextOfRole(int role, double before) {
        return drawsRoles
                ? lots.next(before, (long) role * KINDS + OF_ROLE, roles.weightMilli(role))
                : roles.share(role, cluster);
    }

    double nextOfOwn(int role, double before) {
        return drawsRoles
                ? lots.next(before, (long) role * KINDS + OF_OWN, Allocator.WEIGHT_MILLI_DEFAULT)
                : roles.ownShare(role, cluster);
    }

    double nextOfFramework(int framework, double before) {
        return drawsFrameworks
                ? lots.next(before, (long) framework * KINDS + OF_FRAMEWORK, Allocator.WEIGHT_MILLI_DEFAULT)
                : frameworks.share(framework, cluster);
    }
}
