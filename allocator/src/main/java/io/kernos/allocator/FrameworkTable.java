package io.kernos.allocator;

/** The frameworks: role, whether they want and may have offers, and what they hold. */
final class FrameworkTable {
    private static final int NO_ROLE = -1;

    private final int maxFrameworks;
    private final ScalarTable[] amounts = ScalarTable.sideBySide(3);
    private final ScalarTable held = amounts[0];
    private final ScalarTable offered = amounts[1];
    private final ScalarTable shared = amounts[2];
    private final IndexSet willing = new IndexSet();
    private int[] roles = new int[0];
    private int[] capabilities = new int[0];
    private boolean[] active = new boolean[0];
    private boolean[] suppressed = new boolean[0];
    private int bound;

    FrameworkTable(AllocatorContext context) {
        this.maxFrameworks = context.maxFrameworks();
    }

    int bound() {
        return bound;
    }

    boolean isKnown(int framework) {
        return framework >= 0 && framework < bound && roles[framework] != NO_ROLE;
    }

    void require(int framework) {
        Checks.state(isKnown(framework), "frameworkIndex", framework, "be a framework");
    }

    void requireNew(int framework) {
        Checks.index("frameworkIndex", framework, maxFrameworks);
        Checks.state(!isKnown(framework), "frameworkIndex", framework, "not be in use");
    }

    void add(int framework, int role) {
        roles = Columns.grow(roles, framework + 1, NO_ROLE);
        active = Columns.grow(active, framework + 1);
        suppressed = Columns.grow(suppressed, framework + 1);
        capabilities = Columns.grow(capabilities, framework + 1);
        held.ensureRow(framework);
        bound = Math.max(bound, framework + 1);
        roles[framework] = role;
        active[framework] = true;
        suppressed[framework] = false;
        capabilities[framework] = 0;
        willing.add(framework);
    }

    void remove(int framework) {
        roles[framework] = NO_ROLE;
        active[framework] = false;
        willing.remove(framework);
    }

    int role(int framework) {
        return roles[framework];
    }

    boolean isActive(int framework) {
        return active[framework];
    }

    void active(int framework, boolean active) {
        this.active[framework] = active;
        updateWilling(framework);
    }

    boolean isSuppressed(int framework) {
        return suppressed[framework];
    }

    void suppressed(int framework, boolean suppressed) {
        this.suppressed[framework] = suppressed;
        updateWilling(framework);
    }

    /** What it can bear, as bits of {@link Capability}. */
    int capabilities(int framework) {
        return capabilities[framework];
    }

    boolean has(int framework, Capability capability) {
        return (capabilities[framework] & capability.bit()) != 0;
    }

    void capability(int framework, Capability capability, boolean has) {
        int others = capabilities[framework] & ~capability.bit();
        capabilities[framework] = has ? others | capability.bit() : others;
    }

    /** Active and not suppressed: those that offers go to. */
    IndexSet willing() {
        return willing;
    }

    ScalarTable held() {
        return held;
    }

    void move(Account from, Account to, int framework, Resources resources, int times) {
        if (from == Account.FREE) {
            held.add(framework, resources, times);
        } else if (to == Account.FREE) {
            held.add(framework, resources, -times);
        }
        if (from == Account.OFFERED) {
            offered.add(framework, resources, -times);
        } else if (to == Account.OFFERED) {
            offered.add(framework, resources, times);
        }
    }

    /** Counts what is shared once, as the framework comes to have a reference to it, or has none left. */
    void share(int framework, Resources whole, int times) {
        held.add(framework, whole, times);
        shared.add(framework, whole, times);
    }

    ScalarTable shared() {
        return shared;
    }

    /** What it has in an account; what is shared is left out. */
    long at(int framework, Account account, int kind) {
        long inOffers = offered.at(framework, kind);
        return account == Account.OFFERED ? inOffers : held.at(framework, kind) - shared.at(framework, kind) - inOffers;
    }

    boolean covers(int framework, Account account, Resources resources) {
        for (int kind = 0; kind < resources.scalarKinds(); kind++) {
            if (at(framework, account, kind) < resources.scalar(kind)) {
                return false;
            }
        }
        return true;
    }

    double share(int framework, ClusterTotals cluster) {
        return cluster.share(held, framework, Allocator.WEIGHT_MILLI_DEFAULT);
    }

    private void updateWilling(int framework) {
        if (active[framework] && !suppressed[framework]) {
            willing.add(framework);
        } else {
            willing.remove(framework);
        }
    }
}
