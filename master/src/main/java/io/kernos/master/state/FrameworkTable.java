package io.kernos.master.state;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/** The frameworks that are there, may come back, or still have tasks. */
final class FrameworkTable {
    private final Long2ObjectHashMap<Framework> byId = new Long2ObjectHashMap<>();
    private final IndexPool indexes;
    private Framework[] frameworks = new Framework[4];
    private long nextId = 1;

    FrameworkTable(int maxFrameworks) {
        indexes = new IndexPool(maxFrameworks);
    }

    Framework byId(long frameworkId) {
        return byId.get(frameworkId);
    }

    Framework byIndex(int index) {
        return frameworks[index];
    }

    int size() {
        return indexes.used();
    }

    boolean isFull() {
        return indexes.isFull();
    }

    long nextId() {
        return nextId;
    }

    void nextId(long nextId) {
        this.nextId = nextId;
    }

    Framework add(Role role, byte[] name, byte[] user) {
        return put(new Framework(indexes.acquire(), nextId++, role, name, user));
    }

    Framework load(int index, long id, Role role, byte[] name, byte[] user) {
        indexes.claim(index);
        return put(new Framework(index, id, role, name, user));
    }

    void remove(Framework framework) {
        byId.remove(framework.id);
        frameworks[framework.index] = null;
        indexes.release(framework.index);
    }

    /** The first framework with this index or a higher one; null if there is none. */
    Framework from(int index) {
        int next = indexes.next(index);
        return next == IndexPool.NONE ? null : frameworks[next];
    }

    private Framework put(Framework framework) {
        if (framework.index >= frameworks.length) {
            frameworks = Arrays.copyOf(frameworks, Math.max(framework.index + 1, frameworks.length * 2));
        }
        frameworks[framework.index] = framework;
        byId.put(framework.id, framework);
        return framework;
    }
}
