package io.kernos.allocator;

/** The books of what is special by role: what is reserved for it, and what of what it holds is special. */
final class RoleGoods {
    private final RoleTable roles;
    private final ScalarTable reserved = new ScalarTable();
    private final ScalarTable exempt = new ScalarTable();
    private final ScalarTable shared = new ScalarTable();
    private final ScalarTable ownShared = new ScalarTable();
    private int[] traits = new int[0];

    RoleGoods(RoleTable roles) {
        this.roles = roles;
    }

    void ensureRole(int role) {
        traits = Columns.grow(traits, role + 1);
        reserved.ensureRow(role);
        exempt.ensureRow(role);
        shared.ensureRow(role);
        ownShared.ensureRow(role);
    }

    void requireNoTraits(int role) {
        Checks.state(traits[role] == 0, "roleIndex", role, "not be in a trait; remove it first");
    }

    void countTraits(int role, int change) {
        traits[role] += change;
    }

    int traits(int role) {
        return traits[role];
    }

    /** Whether a role is another one or below it. */
    boolean isWithin(int role, int other) {
        int above = role;
        while (above != RoleTable.ROOT && above != other) {
            above = roles.parent(above);
        }
        return above == other;
    }

    /** Whether a role is below another one. */
    boolean isBelow(int role, int other) {
        return role != other && isWithin(role, other);
    }

    /** Counts what is reserved for a role, had or not, for it and those above it. */
    void addReserved(int reservedTo, Resources amounts, int times) {
        add(reserved, reservedTo, amounts, times);
    }

    /** Counts what a role has that does not count against its quota for that, for it and those above it. */
    void addExempt(int role, Resources amounts, int times) {
        add(exempt, role, amounts, times);
    }

    /** Counts what is shared once, as one role comes to have a reference to it, or has none left. */
    void share(int role, Resources whole, int times, boolean isCharged) {
        roles.holdAt(role, whole, times);
        shared.add(role, whole, times);
        if (!isCharged) {
            exempt.add(role, whole, times);
        }
    }

    /** Counts what is shared once, as a role's own frameworks come to have a reference to it, or have none left. */
    void shareOwn(int role, Resources whole, int times) {
        roles.holdOwn(role, whole, times);
        ownShared.add(role, whole, times);
    }

    /** What of what the frameworks in and below a role hold is shared. */
    long shared(int role, int kind) {
        return shared.at(role, kind);
    }

    /** What of what a role's own frameworks hold is shared. */
    long ownShared(int role, int kind) {
        return ownShared.at(role, kind);
    }

    /** What is reserved for a role and those below it, had or not. */
    long reserved(int role, int kind) {
        return reserved.at(role, kind);
    }

    /**
     * What counts against a role's quota: all that is reserved for it and those below it, and what they have that is
     * neither reserved nor revocable.
     */
    long charged(int role, int kind) {
        return roles.held(role, kind) - exempt.at(role, kind) + reserved.at(role, kind);
    }

    private void add(ScalarTable table, int role, Resources amounts, int times) {
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            table.add(each, amounts, times);
        }
    }
}
