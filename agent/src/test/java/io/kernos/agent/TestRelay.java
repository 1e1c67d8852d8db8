package io.kernos.agent;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.logbuffer.Header;
import io.kernos.transport.DriverFactory;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.StreamIds;
import io.kernos.transport.TransportContext;
import io.kernos.transport.codecs.AgentRefusedEncoder;
import io.kernos.transport.codecs.AgentRegisterDecoder;
import io.kernos.transport.codecs.AgentRegisteredEncoder;
import io.kernos.transport.codecs.AgentTasksDecoder;
import io.kernos.transport.codecs.KillTaskEncoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RegisterAgainEncoder;
import io.kernos.transport.codecs.SandboxChunkDecoder;
import io.kernos.transport.codecs.SandboxReadEncoder;
import io.kernos.transport.codecs.SandboxStatus;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusAckEncoder;
import io.kernos.transport.codecs.TaskStatusDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A relay and a master in one, in the hands of a test: it does something only while the test awaits something. */
final class TestRelay implements AutoCloseable {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    /** A status as it came. */
    record Status(long taskId, TaskState state, TaskReason reason, int exitStatus, String message, long[] stampsNs) {}

    /** A chunk of a sandbox. */
    record Chunk(SandboxStatus status, String text, boolean ended) {}

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[32 * 1024]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final TransportContext transport;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final Subscription subscription;
    private final FragmentAssembler assembler = new FragmentAssembler(this::onFragment);
    private Publication toAgent;
    private long connectionId;

    /** From the driver's threads. */
    private final Queue<Throwable> driverErrors = new ConcurrentLinkedQueue<>();

    final List<Status> statuses = new ArrayList<>();
    final Map<Long, TaskState> listed = new TreeMap<>();
    final Map<String, String> attributes = new TreeMap<>();
    String sandboxChannel;
    long registeredAs;
    long registeredOf;
    long clusterId = 70;
    int refusals;
    int registrations;
    boolean acknowledges = true;

    TestRelay(Path folder, String name) {
        transport = new TransportContext()
                .aeronDirectory(folder.resolve(name).toString())
                .conclude();
        driver = DriverFactory.launch(transport, IdleProfile.BALANCED, driverErrors::add);
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(transport.aeronDirectory()));
        subscription = aeron.addSubscription(transport.channelTo("localhost:0"), StreamIds.AGENT_TO_RELAY);
        await("the relay's port", () -> subscription.resolvedEndpoint() != null);
    }

    String endpoint() {
        return subscription.resolvedEndpoint();
    }

    String aeronDirectory() {
        return transport.aeronDirectory();
    }

    void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            poll();
            Thread.yield();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("waited in vain for " + what + "; statuses " + statuses);
            }
        }
    }

    void awaitRegistration(int count) {
        await("registration " + count, () -> registrations >= count);
    }

    Status awaitEnd(long taskId) {
        await("the end of task " + taskId, () -> end(taskId) != null);
        return end(taskId);
    }

    Status end(long taskId) {
        return find(taskId, AgentTask.END_BIT);
    }

    void awaitRunning(long taskId) {
        await("task " + taskId + " running", () -> find(taskId, AgentTask.RUNNING_BIT) != null);
    }

    boolean has(long taskId, TaskState state) {
        return find(taskId, AgentTask.bit(state)) != null;
    }

    private Status find(long taskId, int bit) {
        return statuses.stream()
                .filter(status -> status.taskId == taskId && AgentTask.bit(status.state) == bit)
                .findFirst()
                .orElse(null);
    }

    int poll() {
        return subscription == null ? 0 : subscription.poll(assembler, 32);
    }

    private void onFragment(DirectBuffer message, int offset, int length, Header header) {
        if (MessageCheck.check(message, offset, length) != MessageCheck.OK) {
            throw new AssertionError("the agent sent a malformed message");
        }
        switch (MessageCheck.templateId(message, offset)) {
            case AgentRegisterDecoder.TEMPLATE_ID ->
                onRegister(new AgentRegisterDecoder().wrapAndApplyHeader(message, offset, headerDecoder));
            case AgentTasksDecoder.TEMPLATE_ID ->
                onTasks(new AgentTasksDecoder().wrapAndApplyHeader(message, offset, headerDecoder));
            case TaskStatusDecoder.TEMPLATE_ID ->
                onStatus(new TaskStatusDecoder().wrapAndApplyHeader(message, offset, headerDecoder));
            default -> throw new AssertionError("the agent sent what it should not");
        }
    }

    private void onRegister(AgentRegisterDecoder register) {
        registeredAs = register.agentId();
        registeredOf = register.clusterId();
        listed.clear();
        attributes.clear();
        int streamId = register.responseStreamId();
        register.scalars().forEach(AgentRegisterDecoder.ScalarsDecoder::sbeSkip);
        register.ranges().forEach(AgentRegisterDecoder.RangesDecoder::sbeSkip);
        for (AgentRegisterDecoder.AttributesDecoder attribute : register.attributes()) {
            attributes.put(attribute.name(), attribute.value());
        }
        register.skipHostname();
        String channel = register.responseChannel();
        sandboxChannel = register.sandboxChannel();
        if (toAgent == null || !toAgent.channel().equals(channel)) {
            CloseHelper.close(toAgent);
            toAgent = aeron.addPublication(channel, streamId);
            connectionId++;
        }
    }

    private void onTasks(AgentTasksDecoder tasks) {
        boolean last = tasks.last() != 0;
        for (AgentTasksDecoder.TasksDecoder task : tasks.tasks()) {
            listed.put(task.taskId(), task.state());
        }
        if (last && registeredOf != 0 && registeredOf != clusterId) {
            refuse(RefusalCode.UNKNOWN_AGENT, "clusterId=" + registeredOf + ": this is cluster " + clusterId);
        } else if (last) {
            AgentRegisteredEncoder registered = new AgentRegisteredEncoder()
                    .wrapAndApplyHeader(buffer, 0, headerEncoder)
                    .connectionId(connectionId)
                    .agentId(7)
                    .clusterId(clusterId);
            send(registered.encodedLength());
            registrations++;
        }
    }

    void refuse(RefusalCode code, String why) {
        AgentRefusedEncoder refused = new AgentRefusedEncoder()
                .wrapAndApplyHeader(buffer, 0, headerEncoder)
                .connectionId(connectionId)
                .code(code)
                .clusterId(clusterId)
                .message(why);
        send(refused.encodedLength());
        refusals++;
    }

    private void onStatus(TaskStatusDecoder status) {
        Status told = new Status(status.taskId(), status.state(), status.reason(), status.exitStatus(), "", new long[] {
            status.relayedNs(), status.receivedNs(), status.startedNs(), status.endedNs()
        });
        long frameworkId = status.frameworkId();
        statuses.add(
                new Status(told.taskId, told.state, told.reason, told.exitStatus, status.message(), told.stampsNs));
        if (acknowledges) {
            TaskStatusAckEncoder acknowledgement = new TaskStatusAckEncoder()
                    .wrapAndApplyHeader(buffer, 0, headerEncoder)
                    .connectionId(connectionId)
                    .frameworkId(frameworkId)
                    .taskId(told.taskId)
                    .state(told.state);
            send(acknowledgement.encodedLength());
        }
    }

    void define(int templateId, int killGraceMs, String... argv) {
        send(TestMessages.template(1, templateId, killGraceMs, argv));
    }

    void send(UnsafeBuffer message) {
        message.putLong(MessageHeaderEncoder.ENCODED_LENGTH, connectionId);
        offer(message, message.capacity());
    }

    void sendRaw(byte[] bytes) {
        offer(new UnsafeBuffer(bytes), bytes.length);
    }

    void launch(long taskId, int templateId) {
        send(TestMessages.launch(1, taskId, templateId));
    }

    void kill(long taskId, int graceMs) {
        KillTaskEncoder kill = new KillTaskEncoder()
                .wrapAndApplyHeader(buffer, 0, headerEncoder)
                .connectionId(connectionId)
                .frameworkId(1)
                .taskId(taskId)
                .graceMs(graceMs);
        send(kill.encodedLength());
    }

    void registerAgain() {
        RegisterAgainEncoder again = new RegisterAgainEncoder()
                .wrapAndApplyHeader(buffer, 0, headerEncoder)
                .connectionId(connectionId);
        send(again.encodedLength());
    }

    /** Reads a file of a sandbox as a client does. */
    Chunk read(long taskId, String file, long offset, int length) {
        List<Chunk> chunks = new ArrayList<>();
        try (Subscription answers = aeron.addSubscription(transport.channelTo("localhost:0"), 1004);
                Publication requests = aeron.addPublication(sandboxChannel, StreamIds.SANDBOX_REQUEST)) {
            await("the way to the sandboxes", () -> answers.resolvedEndpoint() != null && requests.isConnected());
            SandboxReadEncoder read = new SandboxReadEncoder()
                    .wrapAndApplyHeader(buffer, 0, headerEncoder)
                    .correlationId(3)
                    .frameworkId(1)
                    .taskId(taskId)
                    .fileOffset(offset)
                    .length(length)
                    .responseStreamId(1004)
                    .file(file)
                    .responseChannel(transport.channelTo(answers.resolvedEndpoint()));
            int bytes = MessageHeaderEncoder.ENCODED_LENGTH + read.encodedLength();
            await("the request to go", () -> requests.offer(buffer, 0, bytes) > 0);
            FragmentAssembler handler = new FragmentAssembler((message, at, count, header) -> {
                SandboxChunkDecoder chunk = new SandboxChunkDecoder().wrapAndApplyHeader(message, at, headerDecoder);
                byte[] data = new byte[chunk.dataLength()];
                boolean ended = chunk.taskEnded() != 0;
                SandboxStatus status = chunk.status();
                chunk.getData(data, 0, data.length);
                chunks.add(new Chunk(status, new String(data, java.nio.charset.StandardCharsets.UTF_8), ended));
            });
            await("a chunk", () -> {
                answers.poll(handler, 4);
                return !chunks.isEmpty();
            });
        }
        return chunks.getFirst();
    }

    private void send(int bodyLength) {
        offer(buffer, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }

    private void offer(DirectBuffer message, int length) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (toAgent.offer(message, 0, length) < 0) {
            Thread.yield();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("the agent takes no message");
            }
        }
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(aeron, driver);
        if (!driverErrors.isEmpty()) {
            throw new AssertionError("the relay's driver had errors", driverErrors.peek());
        }
    }
}
