package io.kernos.master.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The roles that frameworks are in. */
final class RoleTable {
    private final Map<String, Role> byName = new HashMap<>();
    private final IndexPool indexes;
    private Role[] roles = new Role[4];

    RoleTable(int maxRoles) {
        indexes = new IndexPool(maxRoles);
    }

    Role byName(String name) {
        return byName.get(name);
    }

    Role byIndex(int index) {
        return indexes.isUsed(index) ? roles[index] : null;
    }

    int size() {
        return indexes.used();
    }

    boolean isFull() {
        return indexes.isFull();
    }

    Role add(String name, long weightMilli) {
        return put(indexes.acquire(), name, weightMilli);
    }

    Role load(int index, String name, long weightMilli) {
        indexes.claim(index);
        return put(index, name, weightMilli);
    }

    void remove(Role role) {
        byName.remove(role.name);
        roles[role.index] = null;
        indexes.release(role.index);
    }

    /** The first role with this index or a higher one; null if there is none. */
    Role from(int index) {
        int next = indexes.next(index);
        return next == IndexPool.NONE ? null : roles[next];
    }

    private Role put(int index, String name, long weightMilli) {
        if (index >= roles.length) {
            roles = Arrays.copyOf(roles, Math.max(index + 1, roles.length * 2));
        }
        Role role = new Role(index, name, weightMilli);
        roles[index] = role;
        byName.put(name, role);
        return role;
    }
}
