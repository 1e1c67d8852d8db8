package io.kernos.allocator;

/**
 * What agents have besides plain resources: for each agent a list of rows, one a trait, in ascending order of the
 * trait's index. A row stays while the agent has something with the trait, or something with it is allocated there.
 *
 * <p>What is shared is never taken from free: whoever is given it has a reference to the whole, and several references
 * count as several times the amount.
 */
final class SpecialTable {
    static final int NONE = AgentRows.NONE;

    private final Traits traits;
    private final AccountTable accounts = new AccountTable();
    private final Resources scratch = new Resources();
    private final AgentRows rows = new AgentRows();
    private int[] agents = new int[0];
    private int[] rowTraits = new int[0];

    SpecialTable(Traits traits) {
        this.traits = traits;
    }

    AccountTable accounts() {
        return accounts;
    }

    /** Whether any agent has ever had anything special. */
    boolean isAny() {
        return rows.wasAny();
    }

    /** The first row of an agent, or NONE. */
    int first(int agent) {
        return rows.first(agent);
    }

    int next(int row) {
        return rows.next(row);
    }

    int trait(int row) {
        return rowTraits[row];
    }

    int agent(int row) {
        return agents[row];
    }

    /** The row of an agent and a trait, or NONE. */
    int find(int agent, int trait) {
        int row = first(agent);
        while (row != NONE && rowTraits[row] < trait) {
            row = rows.next(row);
        }
        return row != NONE && rowTraits[row] == trait ? row : NONE;
    }

    /** The row of an agent and a trait, a new one if there is none. */
    int ensure(int agent, int trait) {
        int before = NONE;
        int row = first(agent);
        while (row != NONE && rowTraits[row] < trait) {
            before = row;
            row = rows.next(row);
        }
        return row != NONE && rowTraits[row] == trait ? row : insert(agent, trait, before);
    }

    /** Drops a row if neither the agent has anything of it nor anybody else. */
    void dropIfEmpty(int row) {
        if (isNothing(row)) {
            rows.remove(agents[row], row);
            accounts.clear(row);
            traits.use(rowTraits[row], -1);
        }
    }

    /** Whether some of a row may be given: there is something free, and not more allocated than there is. */
    boolean gives(int row) {
        int trait = rowTraits[row];
        boolean isDivided = traits.isWhole(trait) && !traits.isShared(trait) && isAllocated(row);
        return !isDivided && !accounts.isOvercommitted(row) && !accounts.isEmpty(row, Account.FREE);
    }

    /** Whether any row of an agent may give something. */
    boolean anyGives(int agent) {
        int row = first(agent);
        while (row != NONE && !gives(row)) {
            row = rows.next(row);
        }
        return row != NONE;
    }

    /** Whether any row of an agent may give something that its receiver has alone. */
    boolean anyGivesAlone(int agent) {
        for (int row = first(agent); row != NONE; row = rows.next(row)) {
            if (!traits.isShared(rowTraits[row]) && gives(row)) {
                return true;
            }
        }
        return false;
    }

    /** What of a scalar kind an agent may give that is special, had alone, and counts against quotas when it is had. */
    long chargedFree(int agent, int kind) {
        long amount = 0;
        for (int row = first(agent); row != NONE; row = rows.next(row)) {
            if (traits.isCharged(rowTraits[row]) && !traits.isShared(rowTraits[row]) && gives(row)) {
                amount += accounts.at(row, Account.FREE, kind);
            }
        }
        return amount;
    }

    boolean isAllocated(int row) {
        return !accounts.isEmpty(row, Account.OFFERED) || !accounts.isEmpty(row, Account.USED);
    }

    boolean anyAllocated(int agent) {
        for (int row = first(agent); row != NONE; row = rows.next(row)) {
            if (isAllocated(row)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all special resources are in an account of an agent; references to what is shared are not looked at. */
    boolean covers(int agent, Account account, Resources resources) {
        for (int i = 0; i < resources.specials(); i++) {
            int row = find(agent, resources.specialTrait(i));
            if (row == NONE || !rowCovers(row, account, resources.special(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether any number of a range kind is allocated already. */
    boolean isAllocated(int agent, Resources resources) {
        for (int i = 0; i < resources.specials(); i++) {
            int row = find(agent, resources.specialTrait(i));
            if (row != NONE && accounts.isAllocated(row, resources.special(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether what may be given of a row is in some resources. */
    boolean isFreeWithin(int row, Resources limit) {
        Resources amounts = limit.specialOf(rowTraits[row]);
        return !gives(row) || (amounts != null && accounts.isFreeWithin(row, amounts));
    }

    boolean coversFree(int row, Resources amounts) {
        return rowCovers(row, Account.FREE, amounts);
    }

    /** How many references to what is shared some amount of it stands for. */
    int references(int row, Resources amounts) {
        return (int) (amounts.scalar(ResourceKinds.DISK) / accounts.total(row, ResourceKinds.DISK));
    }

    void move(Account from, Account to, int row, Resources amounts, int times) {
        if (!traits.isShared(rowTraits[row])) {
            accounts.move(from, to, row, amounts, times);
            return;
        }
        if (from != Account.FREE) {
            accounts.add(from, row, amounts, -times);
        }
        if (to != Account.FREE) {
            accounts.add(to, row, amounts, times);
        }
    }

    /** Adds all that is special on an agent. */
    void addTotalOf(int agent, Resources into) {
        for (int row = first(agent); row != NONE; row = rows.next(row)) {
            scratch.clear();
            accounts.copyTotalInto(row, scratch);
            into.add(rowTraits[row], scratch);
        }
    }

    /** Adds all that is special and may be given on an agent. */
    void addGivenOf(int agent, Resources into) {
        for (int row = first(agent); row != NONE; row = rows.next(row)) {
            if (gives(row)) {
                addFree(row, into);
            }
        }
    }

    /** Adds all that is special and free on an agent. */
    void addFreeOf(int agent, Resources into) {
        for (int row = first(agent); row != NONE; row = rows.next(row)) {
            addFree(row, into);
        }
    }

    void addFree(int row, Resources into) {
        scratch.clear();
        accounts.copyInto(row, Account.FREE, scratch);
        into.add(rowTraits[row], scratch);
    }

    private boolean rowCovers(int row, Account account, Resources amounts) {
        long wanted = amounts.scalar(ResourceKinds.DISK);
        if (traits.isShared(rowTraits[row])) {
            return isMultiple(row, amounts)
                    && (account == Account.FREE || accounts.at(row, account, ResourceKinds.DISK) >= wanted);
        }
        return accounts.covers(row, account, amounts)
                && (!traits.isWhole(rowTraits[row]) || accounts.at(row, account, ResourceKinds.DISK) == wanted);
    }

    /** Whether an amount stands for a whole number of references to what is shared. */
    boolean isMultiple(int row, Resources amounts) {
        long size = accounts.total(row, ResourceKinds.DISK);
        return size != 0 && amounts.scalar(ResourceKinds.DISK) % size == 0;
    }

    private boolean isNothing(int row) {
        return accounts.hasNoTotal(row) && !isAllocated(row);
    }

    private int insert(int agent, int trait, int before) {
        int row = rows.insert(agent, before);
        agents = Columns.grow(agents, row + 1);
        rowTraits = Columns.grow(rowTraits, row + 1);
        accounts.ensureRow(row);
        agents[row] = agent;
        rowTraits[row] = trait;
        traits.use(trait, 1);
        return row;
    }
}
