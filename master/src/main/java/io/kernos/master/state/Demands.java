package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/**
 * What was submitted and is not placed yet. The allocator knows only as many waiting tasks as there is room for in the
 * task table; the others are released to it as tasks end.
 */
final class Demands {
    /** Most killed tasks that are told in one step. */
    private static final int MAX_KILLED_A_STEP = 1024;

    private static final long NEXT_STEP_MS = 1;
    private static final long ROOM_RETRY_MS = 100;

    private final DemandTable table;
    private final TaskTable tasks;
    private final Allocator allocator;
    private final Launcher launcher;
    private final Ledger ledger;
    private final TaskLife life;
    private final Updates updates;
    private final Projection projection;
    private final Stamps stamps;
    private final Counting counting;
    private final int maxTasks;
    private final Chain<Demand> spent = new Chain<>();

    Demands(
            Tables tables,
            Allocator allocator,
            Launcher launcher,
            Ledger ledger,
            TaskLife life,
            Updates updates,
            StateContext context) {
        this.table = tables.demands;
        this.tasks = tables.tasks;
        this.allocator = allocator;
        this.launcher = launcher;
        this.ledger = ledger;
        this.life = life;
        this.updates = updates;
        this.projection = tables.projection;
        this.stamps = tables.stamps;
        this.counting = context.counting();
        this.maxTasks = context.maxTasks();
    }

    /** How many tasks could be made now beside those that the allocator may place. */
    long room() {
        return maxTasks - tasks.size() - table.releasedTotal();
    }

    void submit(Template template, long firstTaskId, int count, long nowMs) {
        Framework framework = template.framework;
        Demand demand = table.add(framework, template, firstTaskId, firstTaskId, count);
        demand.createdMs = nowMs;
        framework.pendingCount += count;
        counting.add(MasterCounter.TASKS_SUBMITTED, count);
        counting.add(MasterCounter.TASKS_PENDING, count);
        introduce(demand, (int) Math.max(0, Math.min(room(), count)));
        projection.changed(demand);
        projection.changed(framework);
    }

    /** The allocator placed tasks of a demand, one by one where they have ports. */
    void placed(Demand demand, Agent agent, int count, Resources perTask, long nowMs) {
        table.released(demand, demand.released - count);
        demand.framework.pendingCount -= count;
        counting.add(MasterCounter.TASKS_PENDING, -count);
        for (int i = 0; i < count; i++) {
            long taskId = demand.nextTaskId + i;
            ledger.placed(agent, perTask);
            int taskIndex = (int) (taskId - demand.submitFirstTaskId);
            launcher.launch(demand.template, agent, taskId, taskIndex, perTask.range(ResourceKinds.PORTS), nowMs);
        }
        table.advance(demand, count);
        if (demand.waiting == 0) {
            spent.append(demand.inSpent);
        } else {
            projection.changed(demand);
        }
    }

    /** Forgets the demands of which the allocator placed the last task. */
    void removeSpent() {
        for (Demand demand = spent.poll(); demand != null; demand = spent.poll()) {
            allocator.demands().remove(demand.index);
            projection.removed(demand);
            table.remove(demand);
        }
    }

    /** Lets the allocator place more, where there is room again. */
    void release() {
        long room = room();
        while (room > 0) {
            Demand demand = table.firstStarved();
            if (demand == null) {
                return;
            }
            int more = (int) Math.min(room, demand.waiting - demand.released);
            table.released(demand, demand.released + more);
            allocator.demands().grow(demand.index, more);
            room -= more;
        }
    }

    /** How many more demands a kill of these tasks makes. */
    int splitsOf(Framework framework, long firstTaskId, long endTaskId) {
        Demand first = framework.demands.of(firstTaskId);
        Demand last = framework.demands.of(endTaskId);
        int splits = 0;
        if (first != null && !first.isKilled() && first.nextTaskId < firstTaskId) {
            splits++;
        }
        if (last != null && !last.isKilled() && last.nextTaskId < endTaskId) {
            splits++;
        }
        return splits;
    }

    /** Kills those of these tasks that wait; returns how many. There must be room for what it splits. */
    long kill(Framework framework, long firstTaskId, long endTaskId) {
        long killed = 0;
        Demand demand = framework.demands.from(firstTaskId);
        while (demand != null && demand.nextTaskId < endTaskId) {
            if (!demand.isKilled()) {
                if (demand.nextTaskId < firstTaskId) {
                    demand = splitAt(demand, firstTaskId);
                }
                if (demand.endTaskId() > endTaskId) {
                    splitAt(demand, endTaskId);
                }
                killed += demand.waiting;
                kill(demand);
            }
            demand = framework.demands.after(demand);
        }
        return killed;
    }

    /** Ends killed tasks as they can be told; returns after how long the rest should be tried, 0 where nothing is. */
    long tellKilled(Framework framework, long nowMs) {
        int left = MAX_KILLED_A_STEP;
        while (framework.killedPendingCount > 0 && updates.hasRoom(framework)) {
            if (room() <= 0) {
                return ROOM_RETRY_MS;
            }
            if (left-- == 0) {
                return NEXT_STEP_MS;
            }
            Demand demand = framework.killedDemands.first();
            Task task = tasks.add(framework, demand.template, demand.template.id, demand.nextTaskId);
            task.taskIndex = (int) (demand.nextTaskId - demand.submitFirstTaskId);
            task.createdMs = demand.createdMs;
            task.killRequested = true;
            framework.killedPendingCount--;
            table.advance(demand, 1);
            if (demand.waiting == 0) {
                projection.removed(demand);
                table.remove(demand);
            } else {
                projection.changed(demand);
            }
            life.change(task, TaskState.KILLED, TaskReason.KILL_REQUESTED, nowMs);
        }
        return 0;
    }

    /** Forgets all demands of a framework that left for good; returns how many tasks waited. */
    long drop(Framework framework) {
        long dropped = framework.pendingCount + framework.killedPendingCount;
        Demand demand = framework.demands.first();
        while (demand != null) {
            Demand next = framework.demands.after(demand);
            if (!demand.isKilled()) {
                allocator.demands().remove(demand.index);
            }
            projection.removed(demand);
            table.remove(demand);
            demand = next;
        }
        counting.add(MasterCounter.TASKS_PENDING, -framework.pendingCount);
        counting.add(MasterCounter.TASKS_KILLED, dropped);
        framework.pendingCount = 0;
        framework.killedPendingCount = 0;
        return dropped;
    }

    private void introduce(Demand demand, int released) {
        table.released(demand, released);
        allocator
                .demands()
                .add(
                        demand.index,
                        demand.framework.index,
                        demand.firstTaskId,
                        demand.template.perTask,
                        demand.template.portCount,
                        released);
    }

    /** Parts a demand in two; returns the later part, which begins with that task. */
    private Demand splitAt(Demand demand, long taskId) {
        int count = (int) (demand.endTaskId() - taskId);
        int kept = Math.min(demand.released, demand.waiting - count);
        int moved = demand.released - kept;
        allocator.demands().reduce(demand.index, moved);
        table.released(demand, kept);
        table.shorten(demand, count);
        Demand later = table.add(demand.framework, demand.template, demand.submitFirstTaskId, taskId, count);
        later.createdMs = demand.createdMs;
        introduce(later, moved);
        projection.changed(demand);
        projection.changed(later);
        return later;
    }

    private void kill(Demand demand) {
        Framework framework = demand.framework;
        allocator.demands().remove(demand.index);
        table.released(demand, 0);
        demand.killedStamp = stamps.next();
        table.starve(demand);
        framework.killedDemands.append(demand.inKilled);
        framework.pendingCount -= demand.waiting;
        framework.killedPendingCount += demand.waiting;
        counting.add(MasterCounter.TASKS_PENDING, -demand.waiting);
        projection.changed(demand);
        projection.changed(framework);
    }
}
