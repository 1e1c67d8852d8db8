package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.allocator.RangeSet;
import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;

/** Keeps the allocator's account and the agents' sums in step: what is offered, what is used. */
final class Ledger {
    private final Allocator allocator;
    private final Projection projection;
    private final Resources scratch = new Resources();

    Ledger(Tables tables, Allocator allocator) {
        this.allocator = allocator;
        this.projection = tables.projection;
    }

    /** What one task has, valid until the next call: its template's needs, and its ports. */
    Resources of(Template template, RangeSet ports) {
        scratch.copyFrom(template.perTask);
        if (ports != null) {
            scratch.range(ResourceKinds.PORTS).copyFrom(ports);
        }
        return scratch;
    }

    /** The allocator granted an offer. */
    void offered(Agent agent, Resources resources) {
        agent.offered.add(resources);
        projection.changed(agent);
    }

    /** Part of what is offered is used. */
    void use(Agent agent, Framework framework, Resources resources) {
        allocator.grants().use(agent.index, framework.index, resources);
        agent.offered.subtract(resources);
        agent.used.add(resources);
        projection.changed(agent);
    }

    /** Part of what is offered is free again. */
    void recoverOffered(Agent agent, Framework framework, Resources resources) {
        allocator.grants().recoverOffered(agent.index, framework.index, resources);
        agent.offered.subtract(resources);
        projection.changed(agent);
    }

    /** The allocator placed a task. */
    void placed(Agent agent, Resources perTask) {
        agent.used.add(perTask);
        projection.changed(agent);
    }

    /** A task's resources are free again. */
    void recoverUsed(Task task) {
        Resources resources = of(task.template, task.ports);
        allocator.grants().recoverUsed(task.agent.index, task.framework.index, resources);
        task.agent.used.subtract(resources);
        projection.changed(task.agent);
    }
}
