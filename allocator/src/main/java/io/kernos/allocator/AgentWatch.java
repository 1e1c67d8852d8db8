package io.kernos.allocator;

/** Tells those who keep something for each agent which agents have changed since they last looked. */
final class AgentWatch {
    private IndexSet[] watchers = new IndexSet[0];
    private int size;

    /** From now on a set gets every agent that changes; who owns it takes them out. */
    void add(IndexSet watcher) {
        watchers = Columns.grow(watchers, size + 1);
        watchers[size++] = watcher;
    }

    void remove(IndexSet watcher) {
        int at = 0;
        while (watchers[at] != watcher) {
            at++;
        }
        watchers[at] = watchers[--size];
        watchers[size] = null;
    }

    void touch(int agent) {
        for (int i = 0; i < size; i++) {
            watchers[i].add(agent);
        }
    }
}
