package io.kernos.master.state;

import io.kernos.allocator.Resources;

/** What a task is: the framework's RegisterTemplate message, and what the master needs of it. */
final class Template {
    final Link<Template> inDirty = new Link<>(this);

    final Framework framework;
    final int id;
    final byte[] definition;
    final byte[] name;
    final Resources perTask;
    final int portCount;
    final int killGraceMs;
    final Chain<Told> told = new Chain<>();

    Template(
            Framework framework,
            int id,
            byte[] definition,
            byte[] name,
            Resources perTask,
            int portCount,
            int killGraceMs) {
        this.framework = framework;
        this.id = id;
        this.definition = definition;
        this.name = name;
        this.perTask = perTask;
        this.portCount = portCount;
        this.killGraceMs = killGraceMs;
    }

    /** Names this template among those of all frameworks that are there. */
    long key() {
        return ((long) framework.index << Integer.SIZE) | id;
    }
}
