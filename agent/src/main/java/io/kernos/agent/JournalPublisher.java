package io.kernos.agent;

import io.kernos.transport.codecs.AgentRegisteredEncoder;
import io.kernos.transport.codecs.JournalBeginEncoder;
import io.kernos.transport.codecs.KillTaskEncoder;
import io.kernos.transport.codecs.LaunchOrderedEncoder;
import io.kernos.transport.codecs.LaunchTaskEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusAckEncoder;
import io.kernos.transport.codecs.TaskStatusEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes the records of the journal. Each answers whether it was written. What is tried again by itself asks first
 * whether it may: a disk that is full is not asked without pause.
 */
final class JournalPublisher {
    private static final long RETRY_MIN_MS = 1;
    private static final long RETRY_MAX_MS = 1_000;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JournalBeginEncoder begin = new JournalBeginEncoder();
    private final AgentRegisteredEncoder registered = new AgentRegisteredEncoder();
    private final LaunchTaskEncoder launch = new LaunchTaskEncoder();
    private final LaunchOrderedEncoder ordered = new LaunchOrderedEncoder();
    private final KillTaskEncoder kill = new KillTaskEncoder();
    private final TaskStatusEncoder status = new TaskStatusEncoder();
    private final TaskStatusAckEncoder acknowledgement = new TaskStatusAckEncoder();
    private final JournalLog log;
    private final Counting counting;
    private boolean works = true;
    private long nowMs;
    private long retryAtMs;
    private long pauseMs;

    JournalPublisher(JournalLog log, Counting counting) {
        this.log = log;
        this.counting = counting;
    }

    boolean message(DirectBuffer message, int offset, int length) {
        works = log.append(message, offset, length);
        if (works) {
            pauseMs = 0;
        } else {
            counting.add(AgentCounter.JOURNAL_FAILURES, 1);
            delayRetry();
        }
        return works;
    }

    private void delayRetry() {
        if (pauseMs == 0 || nowMs >= retryAtMs) {
            pauseMs = Math.clamp(2 * pauseMs, RETRY_MIN_MS, RETRY_MAX_MS);
            retryAtMs = nowMs + pauseMs;
        }
    }

    void onTime(long newNowMs) {
        nowMs = newNowMs;
    }

    /** Whether it is time to try what could not be written before. */
    boolean mayTryAgain() {
        return works || nowMs >= retryAtMs;
    }

    /** Whether the last record was written. */
    boolean works() {
        return works;
    }

    boolean begin(long createdMs, AgentState state) {
        begin.wrapAndApplyHeader(buffer, 0, header)
                .createdMs(createdMs)
                .agentId(state.agentId)
                .damaged((short) (state.journalDamaged ? 1 : 0))
                .clusterId(state.clusterId);
        return append(begin.encodedLength());
    }

    boolean registered(long agentId, long clusterId) {
        registered
                .wrapAndApplyHeader(buffer, 0, header)
                .connectionId(0)
                .agentId(agentId)
                .clusterId(clusterId);
        return append(registered.encodedLength());
    }

    boolean launch(AgentTask task) {
        launch.wrapAndApplyHeader(buffer, 0, header)
                .connectionId(0)
                .frameworkId(task.frameworkId)
                .taskId(task.taskId)
                .relayedNs(task.relayedNs)
                .templateId(task.templateId)
                .taskIndex(task.taskIndex);
        int[] ranges = task.portRanges;
        LaunchTaskEncoder.RangesEncoder group = launch.rangesCount(ranges.length / 2);
        for (int i = 0; i < ranges.length; i += 2) {
            group.next().kind(0).begin(ranges[i]).end(ranges[i + 1]);
        }
        return append(launch.encodedLength());
    }

    boolean ordered(AgentTask task, long supervisorId) {
        ordered.wrapAndApplyHeader(buffer, 0, header)
                .frameworkId(task.frameworkId)
                .taskId(task.taskId)
                .supervisorId(supervisorId)
                .receivedNs(task.receivedNs);
        return append(ordered.encodedLength());
    }

    boolean kill(AgentTask task, int graceMs) {
        kill.wrapAndApplyHeader(buffer, 0, header)
                .connectionId(0)
                .frameworkId(task.frameworkId)
                .taskId(task.taskId)
                .graceMs(graceMs);
        return append(kill.encodedLength());
    }

    boolean status(AgentTask task, TaskState state) {
        TaskStatusCodec.encode(status.wrapAndApplyHeader(buffer, 0, header), 0, task, state);
        return append(status.encodedLength());
    }

    boolean acknowledged(AgentTask task, TaskState state) {
        acknowledgement
                .wrapAndApplyHeader(buffer, 0, header)
                .connectionId(0)
                .frameworkId(task.frameworkId)
                .taskId(task.taskId)
                .state(state);
        return append(acknowledgement.encodedLength());
    }

    private boolean append(int bodyLength) {
        return message(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }
}
