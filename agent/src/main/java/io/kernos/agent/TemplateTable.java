package io.kernos.agent;

import java.util.function.Consumer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The templates that the master told, by framework and template id. When they are too many, or too much, those go that
 * were not used for longest; a launch that names one of them has the master tell it anew. Tasks hold their own.
 */
final class TemplateTable {
    /** Most templates, unless a setting says otherwise. */
    static final int MAX_COUNT = 16_384;

    /** What the messages of all templates may take together. */
    static final long MAX_BYTES = 16 << 20;

    /** A template, between the one used before it and the one used after it. */
    private static final class Entry {
        private TaskTemplate template;
        private Entry older;
        private Entry newer;
    }

    private final Long2ObjectHashMap<Int2ObjectHashMap<Entry>> byFramework = new Long2ObjectHashMap<>();
    private final Entry ring = new Entry();
    private final int maxCount;
    private final long maxBytes;
    private int size;
    private long bytes;

    TemplateTable(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
        ring.older = ring;
        ring.newer = ring;
    }

    /** Finds a template, and notes that it is used; null when it is not known. */
    TaskTemplate use(long frameworkId, int templateId) {
        Entry entry = entry(frameworkId, templateId);
        if (entry == null) {
            return null;
        }
        unlink(entry);
        linkNewest(entry);
        return entry.template;
    }

    TaskTemplate find(long frameworkId, int templateId) {
        Entry entry = entry(frameworkId, templateId);
        return entry == null ? null : entry.template;
    }

    private Entry entry(long frameworkId, int templateId) {
        Int2ObjectHashMap<Entry> ofFramework = byFramework.get(frameworkId);
        return ofFramework == null ? null : ofFramework.get(templateId);
    }

    void put(TaskTemplate template) {
        Entry entry = entry(template.frameworkId(), template.templateId());
        if (entry == null) {
            entry = new Entry();
            byFramework
                    .computeIfAbsent(template.frameworkId(), id -> new Int2ObjectHashMap<>())
                    .put(template.templateId(), entry);
            size++;
        } else {
            unlink(entry);
            bytes -= entry.template.encoded().length;
        }
        entry.template = template;
        bytes += template.encoded().length;
        linkNewest(entry);
    }

    /** Forgets those that were not used for longest, until both limits hold. The newest stays in any case. */
    void trim() {
        while (size > 1 && (size > maxCount || bytes > maxBytes)) {
            remove(ring.newer);
        }
    }

    private void remove(Entry entry) {
        TaskTemplate template = entry.template;
        unlink(entry);
        size--;
        bytes -= template.encoded().length;
        Int2ObjectHashMap<Entry> ofFramework = byFramework.get(template.frameworkId());
        ofFramework.remove(template.templateId());
        if (ofFramework.isEmpty()) {
            byFramework.remove(template.frameworkId());
        }
    }

    private void linkNewest(Entry entry) {
        entry.older = ring.older;
        entry.newer = ring;
        ring.older.newer = entry;
        ring.older = entry;
    }

    private static void unlink(Entry entry) {
        entry.older.newer = entry.newer;
        entry.newer.older = entry.older;
    }

    /** Goes through them, the one that was not used for longest first. */
    void forEach(Consumer<TaskTemplate> action) {
        for (Entry entry = ring.newer; entry != ring; entry = entry.newer) {
            action.accept(entry.template);
        }
    }

    int size() {
        return size;
    }
}
