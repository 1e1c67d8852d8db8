package io.kernos.allocator;

import java.util.Arrays;

/**
 * The range kinds of one agent: of each the numbers that there are, and those in each account.
 *
 * <p>All intervals lie in one array, as what an agent has is likely to be far from the caches: first how many bounds
 * each set has, then the bounds, kind by kind. They are unpacked to be worked on.
 */
final class AgentRanges {
    private static final int TOTAL = Account.COUNT;
    private static final int SETS = Account.COUNT + 1;
    private static final int FREE = Account.FREE.ordinal();
    private static final int OFFERED = Account.OFFERED.ordinal();
    private static final int USED = Account.USED.ordinal();
    private static final int HEADER = SETS / 2;
    private static final int FIRST_BOUNDS = 6;

    private final Unpacked unpacked;
    private long[] packed = new long[HEADER + FIRST_BOUNDS];
    private int kinds;
    private boolean overcommitted;

    /** The sets of one kind of one agent, unpacked; agents share them. */
    static final class Unpacked {
        private final RangeSet[] sets = new RangeSet[SETS];
        private final RangeSet one = new RangeSet();

        Unpacked() {
            Arrays.setAll(sets, set -> new RangeSet());
        }
    }

    AgentRanges(Unpacked unpacked) {
        this.unpacked = unpacked;
    }

    void total(Resources resources) {
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            if (resources.hasRange(kind)) {
                unpack(kind)[TOTAL].copyFrom(resources.range(kind));
                pack(kind);
            } else if (kind < kinds) {
                unpack(kind)[TOTAL].clear();
                pack(kind);
            }
        }
        settle();
    }

    /** Adds numbers to what there is where times is 1, takes them away where it is -1. */
    void addTotal(Resources resources, int times) {
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            if (resources.hasRange(kind)) {
                RangeSet total = unpack(kind)[TOTAL];
                if (times > 0) {
                    total.addAll(resources.range(kind));
                } else {
                    total.removeAll(resources.range(kind));
                }
                pack(kind);
            }
        }
        settle();
    }

    void clear() {
        kinds = 0;
        overcommitted = false;
    }

    /** What is moved from free need not be free: then the agent becomes overcommitted. */
    void move(Account from, Account to, Resources resources) {
        boolean isSettled = !overcommitted && (from != Account.FREE || covers(from, resources));
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            if (resources.hasRange(kind)) {
                move(kind, from.ordinal(), to.ordinal(), resources.range(kind));
            }
        }
        if (!isSettled) {
            settle();
        }
    }

    private void move(int kind, int from, int to, RangeSet numbers) {
        if (isAll(kind, from, numbers) && isNothingBetween(kind, from, to)) {
            bounds(kind, from, 0);
            bounds(kind, to, numbers.bounds());
            return;
        }
        RangeSet[] sets = unpack(kind);
        sets[from].removeAll(numbers);
        sets[to].addAll(numbers);
        pack(kind);
    }

    private boolean isAll(int kind, int set, RangeSet numbers) {
        return kind < kinds && numbers.isAt(packed, start(kind, set), bounds(kind, set));
    }

    /** Whether a set is empty, and all between it and another: its bounds would be where those of the other are. */
    private boolean isNothingBetween(int kind, int other, int set) {
        int bounds = bounds(kind, set);
        for (int between = Math.min(other, set) + 1; between < Math.max(other, set); between++) {
            bounds += bounds(kind, between);
        }
        return bounds == 0;
    }

    boolean covers(Account account, Resources resources) {
        return covers(account.ordinal(), resources);
    }

    boolean isAllocated(Resources resources) {
        return intersects(OFFERED, resources) || intersects(USED, resources);
    }

    boolean isWithin(Account account, Resources resources) {
        for (int kind = 0; kind < kinds; kind++) {
            boolean any = bounds(kind, account.ordinal()) > 0;
            if (any && !(resources.hasRange(kind) && resources.range(kind).containsAll(set(kind, account.ordinal())))) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty(Account account) {
        return isEmpty(account.ordinal());
    }

    /** Whether any of some numbers is there, or allocated. */
    boolean isKnown(Resources resources) {
        return intersects(TOTAL, resources) || isAllocated(resources);
    }

    boolean hasTotal(Resources resources) {
        return covers(TOTAL, resources);
    }

    boolean hasNoTotal() {
        return isEmpty(TOTAL);
    }

    boolean overcommitted() {
        return overcommitted;
    }

    long freeCount(int kind) {
        return set(kind, FREE).count();
    }

    /** Adds the free numbers of a kind. */
    void addFree(int kind, RangeSet into) {
        into.addAll(set(kind, FREE));
    }

    void copyInto(Account account, Resources into) {
        addTo(into, account.ordinal());
    }

    void copyTotalInto(Resources into) {
        addTo(into, TOTAL);
    }

    private void addTo(Resources into, int set) {
        for (int kind = 0; kind < kinds; kind++) {
            if (bounds(kind, set) > 0) {
                into.range(kind).addFrom(packed, start(kind, set), bounds(kind, set));
            }
        }
    }

    private boolean covers(int set, Resources resources) {
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            if (resources.hasRange(kind) && !containsAll(kind, set, resources.range(kind))) {
                return false;
            }
        }
        return true;
    }

    private boolean containsAll(int kind, int set, RangeSet numbers) {
        return isAll(kind, set, numbers) || set(kind, set).containsAll(numbers);
    }

    private boolean intersects(int set, Resources resources) {
        for (int kind = 0; kind < kinds; kind++) {
            if (resources.hasRange(kind) && set(kind, set).intersects(resources.range(kind))) {
                return true;
            }
        }
        return false;
    }

    private boolean isEmpty(int set) {
        for (int kind = 0; kind < kinds; kind++) {
            if (bounds(kind, set) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Free is what there is and nobody has. */
    private void settle() {
        overcommitted = false;
        for (int kind = 0; kind < kinds; kind++) {
            RangeSet[] sets = unpack(kind);
            sets[FREE].copyFrom(sets[TOTAL]);
            sets[FREE].removeAll(sets[OFFERED]);
            sets[FREE].removeAll(sets[USED]);
            overcommitted |= !sets[TOTAL].containsAll(sets[OFFERED]) || !sets[TOTAL].containsAll(sets[USED]);
            pack(kind);
        }
    }

    /** One set to be read, until another is asked for; of a kind that is not there it is empty. */
    private RangeSet set(int kind, int set) {
        int length = kind < kinds ? bounds(kind, set) : 0;
        unpacked.one.readFrom(packed, length == 0 ? 0 : start(kind, set), length);
        return unpacked.one;
    }

    /** All sets of a kind, to be changed and packed again. */
    private RangeSet[] unpack(int kind) {
        ensureKind(kind);
        int at = start(kind, 0);
        for (int set = 0; set < SETS; set++) {
            int length = bounds(kind, set);
            unpacked.sets[set].readFrom(packed, at, length);
            at += length;
        }
        return unpacked.sets;
    }

    private void pack(int kind) {
        int at = start(kind, 0);
        int end = start(kind + 1, 0);
        int length = 0;
        for (RangeSet set : unpacked.sets) {
            length += set.bounds();
        }
        moveTail(end, at + length);
        for (int set = 0; set < SETS; set++) {
            unpacked.sets[set].writeTo(packed, at);
            at += unpacked.sets[set].bounds();
            bounds(kind, set, unpacked.sets[set].bounds());
        }
    }

    private void moveTail(int from, int to) {
        if (from != to) {
            int tail = start(kinds, 0) - from;
            packed = Columns.grow(packed, to + tail);
            System.arraycopy(packed, from, packed, to, tail);
        }
    }

    private void ensureKind(int kind) {
        if (kind >= kinds) {
            int end = start(kinds, 0);
            int header = HEADER * kinds;
            kinds = kind + 1;
            packed = Columns.grow(packed, end + HEADER * kinds - header);
            System.arraycopy(packed, header, packed, HEADER * kinds, end - header);
            Arrays.fill(packed, header, HEADER * kinds, 0);
        }
    }

    /** Where the bounds of a set begin. */
    private int start(int kind, int set) {
        int at = HEADER * kinds;
        for (int before = 0; before < HEADER * kind; before++) {
            at += (int) packed[before] + (int) (packed[before] >>> Integer.SIZE);
        }
        for (int before = 0; before < set; before++) {
            at += bounds(kind, before);
        }
        return at;
    }

    private int bounds(int kind, int set) {
        return (int) (packed[HEADER * kind + (set >> 1)] >>> shift(set));
    }

    private void bounds(int kind, int set, int bounds) {
        int at = HEADER * kind + (set >> 1);
        long other = packed[at] & ~(0xFFFF_FFFFL << shift(set));
        packed[at] = other | (long) bounds << shift(set);
    }

    private static int shift(int set) {
        return (set & 1) << 5;
    }
}
