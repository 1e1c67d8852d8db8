package io.kernos.agent;

import io.kernos.transport.codecs.LaunchTaskDecoder;

/**
 * All that an agent knows, and all that its journal restores.
 */
final class AgentState {
    final TaskTable tasks = new TaskTable();
    final TemplateTable templates;

    /** Given by the master; 0: never registered. */
    long agentId;

    /** Whose master gave {@link #agentId} and the tasks; 0: not known. */
    long clusterId;

    /**
     * Whether records of the journal may be missing: a task that was ordered and of which the supervisor knows nothing
     * may then have run, and is not started again.
     */
    boolean journalDamaged;

    AgentState(int maxTemplates) {
        templates = new TemplateTable(maxTemplates, TemplateTable.MAX_BYTES);
    }

    /**
     * Makes the task that a launch describes. Its template is null when it is not known.
     *
     * @param launch     checked, and read to its end by this.
     * @param receivedNs when it came, nanoseconds since 1970.
     * @return the task; not in the table yet.
     */
    AgentTask taskOf(LaunchTaskDecoder launch, long receivedNs) {
        AgentTask task = new AgentTask(
                launch.frameworkId(),
                launch.taskId(),
                launch.templateId(),
                launch.taskIndex(),
                launch.relayedNs(),
                receivedNs);
        task.template = templates.use(task.frameworkId, task.templateId);
        LaunchTaskDecoder.RangesDecoder ranges = launch.ranges();
        if (ranges.count() > 0) {
            int[] portRanges = new int[2 * ranges.count()];
            for (int i = 0; ranges.hasNext(); i += 2) {
                ranges.next();
                portRanges[i] = (int) ranges.begin();
                portRanges[i + 1] = (int) ranges.end();
            }
            task.portRanges = portRanges;
        }
        return task;
    }
}
