package io.kernos.perf.jmh;

import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.LaunchTaskDecoder;
import io.kernos.transport.codecs.LaunchTaskEncoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskUpdateDecoder;
import io.kernos.transport.codecs.TaskUpdateEncoder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The two messages that each task costs, written, checked as on arrival, and read. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class Codec {
    private static final int PORTS = 0;

    private final UnsafeBuffer launch = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer update = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final LaunchTaskEncoder launchOut = new LaunchTaskEncoder();
    private final LaunchTaskDecoder launchIn = new LaunchTaskDecoder();
    private final TaskUpdateEncoder updateOut = new TaskUpdateEncoder();
    private final TaskUpdateDecoder updateIn = new TaskUpdateDecoder();
    private int launchLength;
    private int updateLength;
    private long taskId;

    /** Made by JMH. */
    public Codec() {}

    /** Writes both messages once. */
    @Setup
    public void fill() {
        launchLength = encodeLaunch();
        updateLength = encodeUpdate();
    }

    /**
     * Writes a launch.
     *
     * @return its length in bytes.
     */
    @Benchmark
    public int encodeLaunch() {
        launchOut
                .wrapAndApplyHeader(launch, 0, headerOut)
                .connectionId(7)
                .frameworkId(3)
                .taskId(++taskId)
                .relayedNs(0)
                .templateId(12)
                .taskIndex(5)
                .rangesCount(1)
                .next()
                .kind(PORTS)
                .begin(31_000)
                .end(31_001);
        return MessageHeaderEncoder.ENCODED_LENGTH + launchOut.encodedLength();
    }

    /**
     * Checks and reads a launch.
     *
     * @return something of all its fields.
     */
    @Benchmark
    public long decodeLaunch() {
        long sum = MessageCheck.check(launch, 0, launchLength).value();
        launchIn.wrapAndApplyHeader(launch, 0, headerIn);
        sum += launchIn.connectionId() + launchIn.frameworkId() + launchIn.taskId() + launchIn.relayedNs();
        sum += launchIn.templateId() + launchIn.taskIndex();
        for (LaunchTaskDecoder.RangesDecoder range : launchIn.ranges()) {
            sum += range.kind() + range.begin() + range.end();
        }
        return sum;
    }

    /**
     * Writes an update.
     *
     * @return its length in bytes.
     */
    @Benchmark
    public int encodeUpdate() {
        updateOut
                .wrapAndApplyHeader(update, 0, headerOut)
                .frameworkId(3)
                .taskId(++taskId)
                .agentId(9)
                .relayedNs(1)
                .receivedNs(2)
                .startedNs(3)
                .endedNs(4)
                .sequence(2)
                .exitStatus(0)
                .state(TaskState.FINISHED)
                .reason(TaskReason.COMMAND_EXITED)
                .putMessage(launch, 0, 0);
        return MessageHeaderEncoder.ENCODED_LENGTH + updateOut.encodedLength();
    }

    /**
     * Checks and reads an update.
     *
     * @return something of all its fields.
     */
    @Benchmark
    public long decodeUpdate() {
        long sum = MessageCheck.check(update, 0, updateLength).value();
        updateIn.wrapAndApplyHeader(update, 0, headerIn);
        sum += updateIn.frameworkId() + updateIn.taskId() + updateIn.agentId() + updateIn.relayedNs();
        sum += updateIn.receivedNs() + updateIn.startedNs() + updateIn.endedNs();
        sum += updateIn.sequence() + updateIn.exitStatus();
        sum += updateIn.stateRaw() + updateIn.reasonRaw() + updateIn.messageLength();
        return sum;
    }
}
