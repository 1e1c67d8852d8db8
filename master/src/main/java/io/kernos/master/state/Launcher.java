package io.kernos.master.state;

import io.kernos.allocator.RangeSet;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/** Makes tasks on agents and sends them there. Their resources must be accounted as used. */
final class Launcher {
    private final TaskTable tasks;
    private final ToldTable told;
    private final TaskLife life;
    private final AgentPublisher publisher;
    private final Projection projection;
    private final Counting counting;

    Launcher(Tables tables, Publishers publishers, TaskLife life, StateContext context) {
        this.tasks = tables.tasks;
        this.told = tables.told;
        this.life = life;
        this.publisher = publishers.agents;
        this.projection = tables.projection;
        this.counting = context.counting();
    }

    void launch(Template template, Agent agent, long taskId, int taskIndex, RangeSet ports, long nowMs) {
        Task task = tasks.add(template.framework, template, template.id, taskId);
        task.taskIndex = taskIndex;
        task.createdMs = nowMs;
        task.agent = agent;
        task.agentId = agent.id;
        task.ports(ports);
        agent.tasks.append(task.inAgent);
        template.framework.liveCount++;
        projection.changed(template.framework);
        counting.add(MasterCounter.TASKS_LIVE, 1);
        counting.add(MasterCounter.TASKS_LAUNCHED, 1);
        life.change(task, TaskState.STAGING, TaskReason.NONE, nowMs);
        send(task);
    }

    /** Sends a task's launch, after its template where the agent's connection was not told it. */
    void send(Task task) {
        if (told.tell(task.agent, task.template)) {
            publisher.define(task.agent, task.template);
        }
        publisher.launch(task);
    }
}
