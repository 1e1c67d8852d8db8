package io.kernos.allocator;

/** Rows of resources: of each what there is in all, and how it is divided into accounts. */
final class AccountTable {
    private final ScalarTable[] accounts = ScalarTable.sideBySide(Account.COUNT + 1);
    private final ScalarTable total = accounts[Account.COUNT];
    private final ScalarTable free = accounts[Account.FREE.ordinal()];
    private final AgentRanges.Unpacked unpacked = new AgentRanges.Unpacked();
    private AgentRanges[] ranges = new AgentRanges[0];

    void ensureRow(int row) {
        ranges = Columns.grow(ranges, row + 1);
        total.ensureRow(row);
    }

    ScalarTable free() {
        return free;
    }

    long total(int row, int kind) {
        return total.at(row, kind);
    }

    int totalKinds() {
        return total.kinds();
    }

    long at(int row, Account account, int kind) {
        return accounts[account.ordinal()].at(row, kind);
    }

    AgentRanges ranges(int row) {
        return ranges[row];
    }

    /** Changes what there is of one scalar kind; what is free changes with it. Returns the change. */
    long total(int row, int kind, long amount) {
        total.ensureKinds(kind + 1);
        long change = amount - total.at(row, kind);
        total.put(row, kind, amount);
        free.put(row, kind, free.at(row, kind) + change);
        return change;
    }

    /** Changes what there is of the range kinds. */
    void totalRanges(int row, Resources resources) {
        if (resources.hasRanges() && ranges[row] == null) {
            ranges[row] = new AgentRanges(unpacked);
        }
        if (ranges[row] != null) {
            ranges[row].total(resources);
        }
    }

    void move(Account from, Account to, int row, Resources resources, int times) {
        accounts[from.ordinal()].add(row, resources, -times);
        accounts[to.ordinal()].add(row, resources, times);
        if (resources.hasRanges()) {
            if (ranges[row] == null) {
                ranges[row] = new AgentRanges(unpacked);
            }
            ranges[row].move(from, to, resources);
        }
    }

    /** Books into one account what comes from none: a further reference to what is shared. */
    void add(Account account, int row, Resources resources, int times) {
        accounts[account.ordinal()].add(row, resources, times);
    }

    boolean covers(int row, Account account, Resources resources) {
        return accounts[account.ordinal()].covers(row, resources)
                && (!resources.hasRanges() || (ranges[row] != null && ranges[row].covers(account, resources)));
    }

    boolean isEmpty(int row, Account account) {
        return accounts[account.ordinal()].isZero(row) && (ranges[row] == null || ranges[row].isEmpty(account));
    }

    /** Whether there is as much in all, whoever has it. */
    boolean hasTotal(int row, Resources resources) {
        return total.covers(row, resources)
                && (!resources.hasRanges() || (ranges[row] != null && ranges[row].hasTotal(resources)));
    }

    boolean hasNoTotal(int row) {
        return total.isZero(row) && (ranges[row] == null || ranges[row].hasNoTotal());
    }

    boolean isOvercommitted(int row) {
        return free.hasNegative(row) || (ranges[row] != null && ranges[row].overcommitted());
    }

    /** Whether all that is free is in some resources. */
    boolean isFreeWithin(int row, Resources resources) {
        for (int kind = 0; kind < free.kinds(); kind++) {
            if (free.at(row, kind) > resources.scalar(kind)) {
                return false;
            }
        }
        return ranges[row] == null || ranges[row].isWithin(Account.FREE, resources);
    }

    boolean isAllocated(int row, Resources resources) {
        return ranges[row] != null && ranges[row].isAllocated(resources);
    }

    /** Adds what is in an account, of an overcommitted kind nothing. */
    void copyInto(int row, Account account, Resources into) {
        accounts[account.ordinal()].copyInto(row, into);
        if (ranges[row] != null) {
            ranges[row].copyInto(account, into);
        }
    }

    void copyTotalInto(int row, Resources into) {
        total.copyInto(row, into);
        if (ranges[row] != null) {
            ranges[row].copyTotalInto(into);
        }
    }

    /** Forgets a row of which nothing is left but what is free. */
    void clear(int row) {
        for (ScalarTable account : accounts) {
            account.clearRow(row);
        }
        if (ranges[row] != null) {
            ranges[row].clear();
        }
    }

    /** Changes what there is, and what is free with it. */
    void addTotal(int row, Resources resources, int times) {
        total.add(row, resources, times);
        free.add(row, resources, times);
        if (resources.hasRanges() && ranges[row] == null) {
            ranges[row] = new AgentRanges(unpacked);
        }
        if (resources.hasRanges()) {
            ranges[row].addTotal(resources, times);
        }
    }
}
