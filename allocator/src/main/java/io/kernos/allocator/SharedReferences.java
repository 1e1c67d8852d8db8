package io.kernos.allocator;

import org.agrona.collections.Long2LongHashMap;

/** Who has how many references to what is shared: frameworks, by account, and roles, by whoever is in them. */
final class SharedReferences {
    private final Long2LongHashMap offered = new Long2LongHashMap(0);
    private final Long2LongHashMap used = new Long2LongHashMap(0);
    private final Long2LongHashMap inRoles = new Long2LongHashMap(0);
    private final Long2LongHashMap own = new Long2LongHashMap(0);

    long of(Account account, int row, int framework) {
        return map(account).get(key(row, framework));
    }

    boolean has(int row, int framework) {
        return of(Account.OFFERED, row, framework) + of(Account.USED, row, framework) != 0;
    }

    void add(Account account, int row, int framework, long change) {
        if (account != Account.FREE) {
            add(map(account), key(row, framework), change);
        }
    }

    /** Counts who in a role, or directly below it, has references. Returns how many do now. */
    long addInRole(int row, int role, int change) {
        return add(inRoles, key(row, role), change);
    }

    /** Counts who of a role's own frameworks has references. Returns how many do now. */
    long addOwn(int row, int role, int change) {
        return add(own, key(row, role), change);
    }

    long own(int row, int role) {
        return own.get(key(row, role));
    }

    long inRole(int row, int role) {
        return inRoles.get(key(row, role));
    }

    private Long2LongHashMap map(Account account) {
        return account == Account.OFFERED ? offered : used;
    }

    private static long add(Long2LongHashMap map, long key, long change) {
        long now = map.get(key) + change;
        if (now == 0) {
            map.remove(key);
        } else {
            map.put(key, now);
        }
        return now;
    }

    private static long key(int row, int holder) {
        return ((long) row << 32) | holder;
    }
}
