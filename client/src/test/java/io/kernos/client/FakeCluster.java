package io.kernos.client;

import io.kernos.transport.codecs.FrameworkRemovedEncoder;
import io.kernos.transport.codecs.FrameworkSubscribedEncoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.OfferEncoder;
import io.kernos.transport.codecs.OfferRescindedEncoder;
import io.kernos.transport.codecs.OperatorDoneEncoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RefusedEncoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskUpdateEncoder;
import io.kernos.transport.codecs.TasksSubmittedEncoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A cluster of which a test is the master: it sees what is sent, and says what it wants, when it wants. */
final class FakeCluster implements ClusterTransport {
    private final Queue<Predicate<Handler>> incoming = new ArrayDeque<>();
    private final List<UnsafeBuffer> sent = new ArrayList<>();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private State state = State.IDLE;
    private String lossReason = "";
    private boolean isReachable = true;
    private int roomForMessages = Integer.MAX_VALUE;
    private Consumer<UnsafeBuffer> master = message -> {};
    private int connectCount;
    private boolean isClosed;

    void reachable(boolean value) {
        isReachable = value;
    }

    void roomForMessages(int count) {
        roomForMessages = count;
    }

    void master(Consumer<UnsafeBuffer> value) {
        master = value;
    }

    void lose(String reason) {
        lossReason = reason;
        state = State.LOST;
        incoming.clear();
    }

    void newLeader() {
        incoming.add(handler -> {
            handler.onNewLeader();
            return true;
        });
    }

    int connectCount() {
        return connectCount;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** The messages sent since the last call, oldest first. */
    List<UnsafeBuffer> takeSent() {
        List<UnsafeBuffer> result = List.copyOf(sent);
        sent.clear();
        return result;
    }

    static int templateId(UnsafeBuffer message) {
        return new MessageHeaderDecoder().wrap(message, 0).templateId();
    }

    void subscribed(long correlationId, long frameworkId, long lastTaskId, int lastTemplateId) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        FrameworkSubscribedEncoder encoder = new FrameworkSubscribedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .lastTaskId(lastTaskId)
                .lastTemplateId(lastTemplateId);
        say(buffer, encoder.encodedLength());
    }

    void submitted(long correlationId, long frameworkId, long firstTaskId, int count) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        TasksSubmittedEncoder encoder = new TasksSubmittedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .firstTaskId(firstTaskId)
                .count(count);
        say(buffer, encoder.encodedLength());
    }

    void update(long frameworkId, long taskId, int sequence, TaskState taskState, int exitStatus) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        TaskUpdateEncoder encoder = new TaskUpdateEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .frameworkId(frameworkId)
                .taskId(taskId)
                .agentId(1)
                .sequence(sequence)
                .exitStatus(exitStatus)
                .state(taskState)
                .reason(TaskReason.NONE)
                .message("as told");
        say(buffer, encoder.encodedLength());
    }

    void offer(long frameworkId, long offerId, long cpusMilli) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        OfferEncoder encoder = new OfferEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .frameworkId(frameworkId)
                .offerId(offerId)
                .agentId(7);
        encoder.scalarsCount(2).next().kind(0).amount(cpusMilli).next().kind(1).amount(1 << 30);
        OfferEncoder.RangesEncoder ranges = encoder.rangesCount(2);
        ranges.next().kind(0).begin(31_000).end(32_000);
        ranges.next().kind(5).begin(1).end(2);
        encoder.hostname("host-7");
        say(buffer, encoder.encodedLength());
    }

    void rescinded(long frameworkId, long offerId) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        OfferRescindedEncoder encoder = new OfferRescindedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .frameworkId(frameworkId)
                .offerId(offerId);
        say(buffer, encoder.encodedLength());
    }

    void refused(long correlationId, int refusedTemplateId, RefusalCode code, String message) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RefusedEncoder encoder = new RefusedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .refusedTemplateId(refusedTemplateId)
                .code(code)
                .message(message);
        say(buffer, encoder.encodedLength());
    }

    void removed(long correlationId, long frameworkId, String message) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        FrameworkRemovedEncoder encoder = new FrameworkRemovedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .message(message);
        say(buffer, encoder.encodedLength());
    }

    void operatorDone(long correlationId, int affectedCount) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        OperatorDoneEncoder encoder = new OperatorDoneEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .affectedCount(affectedCount);
        say(buffer, encoder.encodedLength());
    }

    void say(byte[] bytes) {
        UnsafeBuffer message = new UnsafeBuffer(bytes.clone());
        incoming.add(handler -> handler.onMessage(message, 0, message.capacity()));
    }

    private void say(DirectBuffer buffer, int bodyLength) {
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + bodyLength];
        buffer.getBytes(0, bytes);
        say(bytes);
    }

    @Override
    public void connect() {
        if (state != State.IDLE) {
            throw new IllegalStateException("connect() while " + state);
        }
        connectCount++;
        if (isReachable) {
            state = State.CONNECTING;
        } else {
            lose("nobody there");
        }
    }

    @Override
    public int poll(Handler handler, long nowNs) {
        if (state == State.CONNECTING) {
            state = State.CONNECTED;
            return 1;
        }
        int count = 0;
        while (state == State.CONNECTED && !incoming.isEmpty()) {
            Predicate<Handler> next = incoming.peek();
            if (!next.test(handler)) {
                break;
            }
            incoming.remove(next);
            count++;
        }
        return count;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public String lossReason() {
        return lossReason;
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        if (state != State.CONNECTED || roomForMessages == 0) {
            return false;
        }
        roomForMessages--;
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        UnsafeBuffer message = new UnsafeBuffer(bytes);
        sent.add(message);
        master.accept(message);
        return true;
    }

    @Override
    public void disconnect() {
        state = State.IDLE;
    }

    @Override
    public void close() {
        isClosed = true;
        disconnect();
    }
}
