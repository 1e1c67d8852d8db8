package io.kernos.master.state;

import io.kernos.transport.codecs.AgentRecordDecoder;
import io.kernos.transport.codecs.DemandRecordDecoder;
import io.kernos.transport.codecs.FrameworkRecordDecoder;
import io.kernos.transport.codecs.OfferRecordDecoder;
import io.kernos.transport.codecs.RoleRecordDecoder;
import io.kernos.transport.codecs.TaskRecordDecoder;
import io.kernos.transport.codecs.TemplateRecordDecoder;
import org.agrona.collections.LongArrayList;

/** What the read side has not been told yet. An object waits once, however often it changes. */
final class Projection {
    /** Most finished tasks that wait for the read side; beyond that the oldest are given up. */
    static final int MAX_RETIRED = 1 << 18;

    private static final int REMOVAL_LONGS = 3;

    private final Chain<Role> roles = new Chain<>();
    private final Chain<Framework> frameworks = new Chain<>();
    private final Chain<Template> templates = new Chain<>();
    private final Chain<Agent> agents = new Chain<>();
    private final Chain<Demand> demands = new Chain<>();
    private final Chain<Task> tasks = new Chain<>();
    private final Chain<Offer> offers = new Chain<>();
    private final Chain<Task> retired = new Chain<>();
    private final LongArrayList removals = new LongArrayList();
    private final Records records = new Records();
    private final TaskTable taskTable;
    private final boolean enabled;
    private final int maxRetired;
    private final Counting counting;
    private int removalsTold;

    Projection(TaskTable taskTable, boolean enabled, int maxRetired, Counting counting) {
        this.taskTable = taskTable;
        this.enabled = enabled;
        this.maxRetired = maxRetired;
        this.counting = counting;
    }

    void changed(Role role) {
        mark(roles, role.inDirty);
    }

    void changed(Framework framework) {
        mark(frameworks, framework.inDirty);
    }

    void changed(Template template) {
        mark(templates, template.inDirty);
    }

    void changed(Agent agent) {
        mark(agents, agent.inDirty);
    }

    void changed(Demand demand) {
        mark(demands, demand.inDirty);
    }

    void changed(Task task) {
        mark(tasks, task.inDirty);
    }

    void changed(Offer offer) {
        mark(offers, offer.inDirty);
    }

    void removed(Role role) {
        role.inDirty.unlink();
        removed(RoleRecordDecoder.TEMPLATE_ID, role.index, 0);
    }

    void removed(Framework framework) {
        framework.inDirty.unlink();
        removed(FrameworkRecordDecoder.TEMPLATE_ID, framework.id, 0);
    }

    void removed(Template template) {
        template.inDirty.unlink();
        removed(TemplateRecordDecoder.TEMPLATE_ID, template.framework.id, template.id);
    }

    void removed(Agent agent) {
        agent.inDirty.unlink();
        removed(AgentRecordDecoder.TEMPLATE_ID, agent.id, 0);
    }

    void removed(Demand demand) {
        demand.inDirty.unlink();
        removed(DemandRecordDecoder.TEMPLATE_ID, demand.framework.id, demand.firstTaskId);
    }

    /** An offer is over; one that came and went between two calls of the read side is never told. */
    void removed(Offer offer) {
        offer.inDirty.unlink();
        if (offer.isProjected) {
            offer.isProjected = false;
            removed(OfferRecordDecoder.TEMPLATE_ID, offer.id, 0);
        }
    }

    /** A task is over and taken out of the table; it is recycled once the read side has its last record. */
    void retired(Task task) {
        task.inDirty.unlink();
        if (!enabled) {
            taskTable.recycle(task);
            return;
        }
        if (retired.size() == maxRetired) {
            counting.add(MasterCounter.TASKS_UNRECORDED, 1);
            Task oldest = retired.poll();
            removed(TaskRecordDecoder.TEMPLATE_ID, oldest.framework.id, oldest.taskId);
            taskTable.recycle(oldest);
        }
        retired.append(task.inDirty);
    }

    /** Feeds until nothing is left or there is no room; returns how many were taken. */
    int feed(StateFeed feed) {
        int before = waiting();
        boolean ignored = feedRemovals(feed)
                && feedRoles(feed)
                && feedFrameworks(feed)
                && feedTemplates(feed)
                && feedAgents(feed)
                && feedRetired(feed)
                && feedTasks(feed)
                && feedDemands(feed)
                && feedOffers(feed);
        return before - waiting();
    }

    /** How many objects wait. */
    int waiting() {
        return (removals.size() - removalsTold) / REMOVAL_LONGS
                + roles.size()
                + frameworks.size()
                + templates.size()
                + agents.size()
                + demands.size()
                + tasks.size()
                + offers.size()
                + retired.size();
    }

    private <T> void mark(Chain<T> chain, Link<T> link) {
        if (enabled && !link.isLinked()) {
            chain.append(link);
        }
    }

    private void removed(int recordTemplateId, long key1, long key2) {
        if (enabled) {
            removals.addLong(recordTemplateId);
            removals.addLong(key1);
            removals.addLong(key2);
        }
    }

    private boolean feedRemovals(StateFeed feed) {
        while (removalsTold < removals.size()) {
            int recordTemplateId = (int) removals.getLong(removalsTold);
            if (!feed.remove(
                    recordTemplateId, removals.getLong(removalsTold + 1), removals.getLong(removalsTold + 2))) {
                return false;
            }
            removalsTold += REMOVAL_LONGS;
        }
        removals.clear();
        removalsTold = 0;
        return true;
    }

    private boolean feedRoles(StateFeed feed) {
        for (Role role = roles.first(); role != null; role = roles.first()) {
            int length = records.role(role);
            if (!feed.put(RoleRecordDecoder.TEMPLATE_ID, role.index, 0, records.buffer(), 0, length)) {
                return false;
            }
            role.inDirty.unlink();
        }
        return true;
    }

    private boolean feedFrameworks(StateFeed feed) {
        for (Framework it = frameworks.first(); it != null; it = frameworks.first()) {
            int length = records.framework(it);
            if (!feed.put(FrameworkRecordDecoder.TEMPLATE_ID, it.id, 0, records.buffer(), 0, length)) {
                return false;
            }
            it.inDirty.unlink();
        }
        return true;
    }

    private boolean feedTemplates(StateFeed feed) {
        for (Template it = templates.first(); it != null; it = templates.first()) {
            int length = records.template(it);
            if (!feed.put(TemplateRecordDecoder.TEMPLATE_ID, it.framework.id, it.id, records.buffer(), 0, length)) {
                return false;
            }
            it.inDirty.unlink();
        }
        return true;
    }

    private boolean feedAgents(StateFeed feed) {
        for (Agent agent = agents.first(); agent != null; agent = agents.first()) {
            int length = records.agent(agent);
            if (!feed.put(AgentRecordDecoder.TEMPLATE_ID, agent.id, 0, records.buffer(), 0, length)) {
                return false;
            }
            agent.inDirty.unlink();
        }
        return true;
    }

    private boolean feedRetired(StateFeed feed) {
        for (Task task = retired.first(); task != null; task = retired.first()) {
            int length = records.task(task, true);
            if (!feed.retire(task.framework.id, task.taskId, records.buffer(), 0, length)) {
                return false;
            }
            task.inDirty.unlink();
            taskTable.recycle(task);
        }
        return true;
    }

    private boolean feedTasks(StateFeed feed) {
        for (Task task = tasks.first(); task != null; task = tasks.first()) {
            int length = records.task(task, true);
            if (!feed.put(TaskRecordDecoder.TEMPLATE_ID, task.framework.id, task.taskId, records.buffer(), 0, length)) {
                return false;
            }
            task.inDirty.unlink();
        }
        return true;
    }

    private boolean feedDemands(StateFeed feed) {
        for (Demand it = demands.first(); it != null; it = demands.first()) {
            int length = records.demand(it);
            if (!feed.put(
                    DemandRecordDecoder.TEMPLATE_ID, it.framework.id, it.firstTaskId, records.buffer(), 0, length)) {
                return false;
            }
            it.inDirty.unlink();
        }
        return true;
    }

    private boolean feedOffers(StateFeed feed) {
        for (Offer it = offers.first(); it != null; it = offers.first()) {
            int length = records.offer(it, 0);
            if (!feed.put(OfferRecordDecoder.TEMPLATE_ID, it.id, 0, records.buffer(), 0, length)) {
                return false;
            }
            it.isProjected = true;
            it.inDirty.unlink();
        }
        return true;
    }
}
