package io.kernos.agent;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/**
 * What becomes of a live task once the supervisor has told all that it holds.
 */
final class Recovery {
    private final AgentState state;
    private final TaskLife life;
    private final ContainerOrders orders;
    private final TaskKiller killer;

    Recovery(AgentState state, TaskLife life, ContainerOrders orders, TaskKiller killer) {
        this.state = state;
        this.life = life;
        this.orders = orders;
        this.killer = killer;
    }

    void merge(AgentTask task, long supervisorId, long epochNs) {
        if (task.told) {
            killer.goOn(task);
        } else if (task.phase == TaskPhase.ACCEPTED) {
            orders.launch(task);
        } else if (task.supervisorId != supervisorId) {
            lost(task, TaskReason.SUPERVISOR_LOST, "its supervisor ended, and it with it", epochNs);
        } else if (task.startedNs != 0 || state.journalDamaged) {
            lost(task, TaskReason.AGENT_RESTARTED, "its end was lost with the journal", epochNs);
        } else if (task.killRequested) {
            String message = "killed before it was started";
            life.end(task, TaskState.KILLED, TaskReason.KILLED_DURING_LAUNCH, 0, epochNs, message);
        } else {
            life.phase(task, TaskPhase.ACCEPTED);
            orders.launch(task);
        }
    }

    private void lost(AgentTask task, TaskReason reason, String message, long epochNs) {
        life.end(task, TaskState.LOST, reason, 0, epochNs, message);
    }
}
