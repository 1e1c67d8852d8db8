package io.kernos.allocator;

/**
 * The range kinds of one agent, account by account. An agent without ranges has none of these. Few objects are touched
 * by a move, as each of them is likely to be far from the caches.
 */
final class AgentRanges {
    private static final int FIRST_INTERVALS = 4;

    private final RangeSet[] total = new RangeSet[ResourceKinds.MAX_RANGES];
    private final RangeSet[] accounts = new RangeSet[Account.COUNT * ResourceKinds.MAX_RANGES];
    private boolean overcommitted;

    void total(Resources resources) {
        for (int kind = 0; kind < total.length; kind++) {
            if (resources.hasRange(kind)) {
                ensureKind(kind);
                total[kind].copyFrom(resources.range(kind));
            } else if (total[kind] != null) {
                total[kind].clear();
            }
        }
        settle();
    }

    /** Adds numbers to what there is where times is 1, takes them away where it is -1. */
    void addTotal(Resources resources, int times) {
        for (int kind = 0; kind < total.length; kind++) {
            if (resources.hasRange(kind)) {
                ensureKind(kind);
                if (times > 0) {
                    total[kind].addAll(resources.range(kind));
                } else {
                    total[kind].removeAll(resources.range(kind));
                }
            }
        }
        settle();
    }

    void clear() {
        for (int kind = 0; kind < total.length; kind++) {
            if (total[kind] != null) {
                total[kind].clear();
                for (Account account : Account.ALL) {
                    account(account, kind).clear();
                }
            }
        }
        overcommitted = false;
    }

    /** What is moved from free need not be free: then the agent becomes overcommitted. */
    void move(Account from, Account to, Resources resources) {
        boolean isSettled = !overcommitted && (from != Account.FREE || covers(from, resources));
        for (int kind = 0; kind < total.length; kind++) {
            if (resources.hasRange(kind)) {
                ensureKind(kind);
                RangeSet numbers = resources.range(kind);
                account(from, kind).removeAll(numbers);
                account(to, kind).addAll(numbers);
            }
        }
        if (!isSettled) {
            settle();
        }
    }

    boolean covers(Account account, Resources resources) {
        for (int kind = 0; kind < total.length; kind++) {
            if (resources.hasRange(kind) && !covers(account, kind, resources.range(kind))) {
                return false;
            }
        }
        return true;
    }

    boolean isAllocated(Resources resources) {
        for (int kind = 0; kind < total.length; kind++) {
            if (resources.hasRange(kind)
                    && total[kind] != null
                    && (account(Account.OFFERED, kind).intersects(resources.range(kind))
                            || account(Account.USED, kind).intersects(resources.range(kind)))) {
                return true;
            }
        }
        return false;
    }

    boolean isWithin(Account account, Resources resources) {
        for (int kind = 0; kind < total.length; kind++) {
            boolean any = total[kind] != null && !account(account, kind).isEmpty();
            if (any && !(resources.hasRange(kind) && resources.range(kind).containsAll(account(account, kind)))) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty(Account account) {
        for (int kind = 0; kind < total.length; kind++) {
            RangeSet numbers = account(account, kind);
            if (numbers != null && !numbers.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether any of some numbers is there, or allocated. */
    boolean isKnown(Resources resources) {
        for (int kind = 0; kind < total.length; kind++) {
            if (resources.hasRange(kind) && total[kind] != null && total[kind].intersects(resources.range(kind))) {
                return true;
            }
        }
        return isAllocated(resources);
    }

    boolean hasTotal(Resources resources) {
        for (int kind = 0; kind < total.length; kind++) {
            if (resources.hasRange(kind) && (total[kind] == null || !total[kind].containsAll(resources.range(kind)))) {
                return false;
            }
        }
        return true;
    }

    boolean hasNoTotal() {
        for (RangeSet numbers : total) {
            if (numbers != null && !numbers.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    boolean overcommitted() {
        return overcommitted;
    }

    long freeCount(int kind) {
        return total[kind] == null ? 0 : account(Account.FREE, kind).count();
    }

    /** Adds the free numbers of a kind. */
    void addFree(int kind, RangeSet into) {
        if (total[kind] != null) {
            into.addAll(account(Account.FREE, kind));
        }
    }

    void copyInto(Account account, Resources into) {
        for (int kind = 0; kind < total.length; kind++) {
            if (total[kind] != null) {
                into.range(kind).addAll(account(account, kind));
            }
        }
    }

    void copyTotalInto(Resources into) {
        for (int kind = 0; kind < total.length; kind++) {
            if (total[kind] != null) {
                into.range(kind).addAll(total[kind]);
            }
        }
    }

    private boolean covers(Account account, int kind, RangeSet numbers) {
        RangeSet mine = account(account, kind);
        return mine != null && mine.containsAll(numbers);
    }

    private RangeSet account(Account account, int kind) {
        return accounts[account.ordinal() * ResourceKinds.MAX_RANGES + kind];
    }

    private void settle() {
        overcommitted = false;
        for (int kind = 0; kind < total.length; kind++) {
            if (total[kind] != null) {
                RangeSet free = account(Account.FREE, kind);
                free.copyFrom(total[kind]);
                free.removeAll(account(Account.OFFERED, kind));
                free.removeAll(account(Account.USED, kind));
                overcommitted |= !total[kind].containsAll(account(Account.OFFERED, kind))
                        || !total[kind].containsAll(account(Account.USED, kind));
            }
        }
    }

    private void ensureKind(int kind) {
        if (total[kind] == null) {
            total[kind] = new RangeSet(FIRST_INTERVALS);
            for (Account account : Account.ALL) {
                accounts[account.ordinal() * ResourceKinds.MAX_RANGES + kind] = new RangeSet(FIRST_INTERVALS);
            }
        }
    }
}
