package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.AgentRecordDecoder;
import io.kernos.transport.codecs.AgentState;
import io.kernos.transport.codecs.DemandRecordDecoder;
import io.kernos.transport.codecs.FilterRecordDecoder;
import io.kernos.transport.codecs.FrameworkRecordDecoder;
import io.kernos.transport.codecs.FrameworkState;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OfferRecordDecoder;
import io.kernos.transport.codecs.SnapshotBeginDecoder;
import io.kernos.transport.codecs.TaskRecordDecoder;
import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Snapshots that were written by any release load for ever, and give the state that they gave then. */
final class GoldenSnapshotTest {
    private static final String WRITE = "kernos.golden.write";
    private static final long CHOOSER = 1;
    private static final long SUBMITTER = 2;

    private final Map<MasterCounter, Long> counts = new EnumMap<>(MasterCounter.class);
    private final List<Inbox.Message> effects = new ArrayList<>();
    private final TestStore store = new TestStore();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MasterStateMachine machine = new MasterStateMachine(new StateContext()
            .effects(new Effects() {
                @Override
                public void send(long sessionId, DirectBuffer buffer, int offset, int length) {
                    effects.add(Inbox.decode(buffer, offset));
                }

                @Override
                public void closeSession(long sessionId) {}
            })
            .counting((counter, delta) -> counts.merge(counter, delta, Long::sum)));

    @Test
    @EnabledIfSystemProperty(named = WRITE, matches = "true")
    void writeThatOfThePresentVersion() throws IOException {
        Path file = GoldenSnapshots.write(Path.of("src/test/resources"));
        assertTrue(file.toFile().length() > 0);
    }

    @Test
    void shouldWriteRecordsAsTheyWereReadWhileTheVersionIsTheSame() throws IOException {
        List<byte[]> golden = GoldenSnapshots.read(GoldenSnapshots.PRESENT_VERSION);
        load(golden);

        List<byte[]> written = new ArrayList<>();
        machine.writeSnapshot((buffer, offset, length) -> {
            byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            written.add(record);
        });

        assertEquals(golden.size(), written.size());
        for (int i = 0; i < golden.size(); i++) {
            assertArrayEquals(golden.get(i), written.get(i), "record " + i);
        }
    }

    @Test
    void shouldHaveThePartiesOfSchema1() throws IOException {
        load(GoldenSnapshots.read(1));

        assertCount(4, MasterCounter.SESSIONS);
        assertCount(1, MasterCounter.RELAYS);
        assertCount(3, MasterCounter.FRAMEWORKS_ACTIVE);
        assertCount(1, MasterCounter.FRAMEWORKS_DISCONNECTED);
        assertCount(2, MasterCounter.AGENTS_ACTIVE);
        assertCount(1, MasterCounter.AGENTS_DISCONNECTED);
        assertCount(1, MasterCounter.AGENTS_REGISTERING);
        FrameworkRecordDecoder gone = new FrameworkRecordDecoder()
                .wrapAndApplyHeader(store.live(FrameworkRecordDecoder.TEMPLATE_ID, 4, 0), 0, header);
        assertEquals(FrameworkState.DISCONNECTED, gone.state());
        assertEquals(TestMaster.START_MS + 10_000, gone.removeAtMs());
        assertEquals("test", gone.name());
        AgentRecordDecoder lost = new AgentRecordDecoder()
                .wrapAndApplyHeader(store.live(AgentRecordDecoder.TEMPLATE_ID, 2, 0), 0, header);
        assertEquals(AgentState.DISCONNECTED, lost.state());
        assertEquals(502, lost.instanceId());
        assertEquals(2, lost.liveTaskCount());
    }

    @Test
    void shouldHaveTheWorkOfSchema1() throws IOException {
        load(GoldenSnapshots.read(1));

        assertCount(2, MasterCounter.TEMPLATES);
        assertCount(1 + 6 + 2, MasterCounter.TASKS_LIVE);
        assertCount(1, MasterCounter.TASKS_UNACKNOWLEDGED);
        assertCount(92, MasterCounter.TASKS_PENDING);
        assertCount(1, MasterCounter.OFFERS_OUTSTANDING);
        TaskRecordDecoder failed = task(CHOOSER, 2);
        assertEquals(TaskState.FAILED, failed.state());
        failed.ranges().forEachRemaining(each -> {});
        assertEquals("exit status 3", failed.message());
        TaskRecordDecoder running = task(CHOOSER, 1);
        assertEquals(TaskState.RUNNING, running.state());
        assertEquals(1, running.killRequested());
        assertEquals(31_000, running.ranges().next().begin());
        DemandRecordDecoder demand = new DemandRecordDecoder()
                .wrapAndApplyHeader(store.live(DemandRecordDecoder.TEMPLATE_ID, SUBMITTER, 10), 0, header);
        assertEquals(92, demand.waitingCount());
        assertEquals(18, demand.nextTaskId());
        assertEquals(1, store.count(OfferRecordDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldHaveWhatWasRefusedFromSchema2On() throws IOException {
        FilterRecordDecoder filter = new FilterRecordDecoder();
        int filters = 0;
        for (byte[] record : GoldenSnapshots.read(2)) {
            UnsafeBuffer buffer = new UnsafeBuffer(record);
            if (header.wrap(buffer, 0).templateId() == FilterRecordDecoder.TEMPLATE_ID) {
                filter.wrapAndApplyHeader(buffer, 0, header);
                assertEquals(0, filter.intervalsToFollow());
                assertTrue(filter.scalars().count() > 0);
                filters++;
            }
        }
        assertTrue(filters > 0);
    }

    @Test
    void shouldHaveTheClusterFromSchema3On() throws IOException {
        SnapshotBeginDecoder begin = new SnapshotBeginDecoder();
        UnsafeBuffer record = new UnsafeBuffer(GoldenSnapshots.read(3).getFirst());
        assertEquals(
                9_015_844_226_316_332_725L,
                begin.wrapAndApplyHeader(record, 0, header).clusterId());
    }

    @Test
    void shouldGoOnWhereSchema1EndedAndNotOtherwise() throws IOException {
        load(GoldenSnapshots.read(1));

        machine.onNewLeader(TestMaster.START_MS + 1);
        assertEquals(1, of(Inbox.Offered.class).size(), "the filter holds for the other agent");
        assertEquals(4, of(Inbox.Offered.class).getFirst().agentId());
        assertEquals(
                List.of(1L, 2L),
                of(Inbox.Updated.class).stream()
                        .map(Inbox.Updated::taskId)
                        .sorted()
                        .toList());
        assertEquals(6, of(Inbox.Launch.class).size(), "of the agent that is there");
        assertEquals(1, of(Inbox.Kill.class).size());

        machine.onTime(TestMaster.START_MS + 3_600_000);
        machine.verify();
        assertCount(0, MasterCounter.FRAMEWORKS_DISCONNECTED);
        assertCount(1, MasterCounter.AGENTS_REMOVED);
        assertCount(2, MasterCounter.TASKS_GONE);
    }

    private void load(List<byte[]> records) {
        boolean isWhole = false;
        for (byte[] record : records) {
            isWhole = machine.loadRecord(new UnsafeBuffer(record), 0, record.length);
        }
        assertTrue(isWhole, "the snapshot must be whole");
        machine.verify();
        machine.projectChanges(store);
    }

    private TaskRecordDecoder task(long frameworkId, long taskId) {
        return new TaskRecordDecoder()
                .wrapAndApplyHeader(store.live(TaskRecordDecoder.TEMPLATE_ID, frameworkId, taskId), 0, header);
    }

    private <T> List<T> of(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void assertCount(long expected, MasterCounter counter) {
        assertEquals(expected, counts.getOrDefault(counter, 0L), counter.label());
    }
}
