package io.kernos.agent;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The templates that the master told, by framework and template id.
 */
final class TemplateTable {
    private final Long2ObjectHashMap<Int2ObjectHashMap<TaskTemplate>> byFramework = new Long2ObjectHashMap<>();
    private int size;

    TaskTemplate find(long frameworkId, int templateId) {
        Int2ObjectHashMap<TaskTemplate> ofFramework = byFramework.get(frameworkId);
        return ofFramework == null ? null : ofFramework.get(templateId);
    }

    void put(TaskTemplate template) {
        Int2ObjectHashMap<TaskTemplate> ofFramework = byFramework.get(template.frameworkId());
        if (ofFramework == null) {
            ofFramework = new Int2ObjectHashMap<>();
            byFramework.put(template.frameworkId(), ofFramework);
        }
        if (ofFramework.put(template.templateId(), template) == null) {
            size++;
        }
    }

    /**
     * Forgets those that no live task uses.
     *
     * @param tasks that the agent has.
     */
    void retainUsed(TaskTable tasks) {
        Set<TaskTemplate> used = Collections.newSetFromMap(new IdentityHashMap<>());
        tasks.forEach(task -> {
            if (task.live()) {
                used.add(task.template);
            }
        });
        size = 0;
        byFramework.values().removeIf(ofFramework -> {
            ofFramework.values().removeIf(template -> !used.contains(template));
            size += ofFramework.size();
            return ofFramework.isEmpty();
        });
    }

    void forEach(Consumer<TaskTemplate> action) {
        byFramework.values().forEach(ofFramework -> ofFramework.values().forEach(action));
    }

    int size() {
        return size;
    }
}
