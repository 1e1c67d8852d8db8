package io.kernos.agent;

import io.aeron.ExclusivePublication;
import io.kernos.transport.Limits;
import io.kernos.transport.ResourceKind;
import io.kernos.transport.codecs.AgentRegisterEncoder;
import io.kernos.transport.codecs.AgentTasksEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes what the agent says to its relay. Each answers whether the relay's stream took it.
 */
final class RelayPublisher {
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(Limits.MAX_MESSAGE_BYTES));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AgentRegisterEncoder register = new AgentRegisterEncoder();
    private final AgentTasksEncoder tasks = new AgentTasksEncoder();
    private final TaskStatusEncoder status = new TaskStatusEncoder();

    boolean register(
            ExclusivePublication publication,
            AgentDescription agent,
            AgentCore core,
            String responseChannel,
            int responseStreamId) {
        register.wrapAndApplyHeader(buffer, 0, header)
                .connectionId(0)
                .agentId(core.agentId())
                .instanceId(agent.instanceId())
                .responseStreamId(responseStreamId)
                .clusterId(core.clusterId());
        putResources(agent);
        AgentRegisterEncoder.AttributesEncoder attributes =
                register.attributesCount(agent.attributes().size());
        agent.attributes().forEach((name, value) -> attributes.next().name(name).value(value));
        register.hostname(agent.hostname()).responseChannel(responseChannel).sandboxChannel(agent.sandboxChannel());
        return offer(publication, register.encodedLength());
    }

    private void putResources(AgentDescription agent) {
        AgentRegisterEncoder.ScalarsEncoder scalars = register.scalarsCount(agent.gpusMilli() > 0 ? 4 : 3);
        scalars.next().kind(ResourceKind.CPUS).amount(agent.cpusMilli());
        scalars.next().kind(ResourceKind.MEMORY).amount(agent.memoryBytes());
        scalars.next().kind(ResourceKind.DISK).amount(agent.diskBytes());
        if (agent.gpusMilli() > 0) {
            scalars.next().kind(ResourceKind.GPUS).amount(agent.gpusMilli());
        }
        boolean ports = agent.firstPort() > 0;
        AgentRegisterEncoder.RangesEncoder ranges = register.rangesCount(ports ? 1 : 0);
        if (ports) {
            ranges.next().kind(ResourceKind.PORTS).begin(agent.firstPort()).end(agent.lastPort());
        }
    }

    /** Tells of the tasks of a list from one index to another; the last of these messages says so. */
    boolean tasks(ExclusivePublication publication, List<AgentTask> list, int from, int to) {
        tasks.wrapAndApplyHeader(buffer, 0, header).connectionId(0).last((short) (to == list.size() ? 1 : 0));
        AgentTasksEncoder.TasksEncoder group = tasks.tasksCount(to - from);
        for (int i = from; i < to; i++) {
            AgentTask task = list.get(i);
            group.next().frameworkId(task.frameworkId()).taskId(task.taskId()).state(task.state());
        }
        return offer(publication, tasks.encodedLength());
    }

    boolean status(ExclusivePublication publication, long connectionId, AgentTask task, TaskState state) {
        TaskStatusCodec.encode(status.wrapAndApplyHeader(buffer, 0, header), connectionId, task, state);
        return offer(publication, status.encodedLength());
    }

    private boolean offer(ExclusivePublication publication, int bodyLength) {
        return publication.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength) > 0;
    }
}
