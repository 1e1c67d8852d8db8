package io.kernos.master.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.AgentState;
import io.kernos.transport.codecs.FrameworkState;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadEachKindOfRecordAsItWasFed() {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.put(
                    Records.role(1, "web", 2_000),
                    Records.framework(4, "shop"),
                    Records.agent(3, "node-3", 2),
                    Records.task(4, 9, TaskState.RUNNING, "grüß dich"),
                    Records.template(4, 16),
                    Records.offer(12),
                    Records.demand(4, 100, 42));
            rig.run();
            try (StateStore store = StateStore.open(folder)) {
                assertEquals(
                        List.of(new RoleView("web", 2_000, 1)), store.roles().items());
                assertEquals(List.of(framework()), store.frameworks().items());
                assertEquals(List.of(agent()), store.agents().items());
                assertEquals(List.of(task(false)), store.tasks().items());
                assertEquals(List.of(template()), store.templates().items());
                assertEquals(
                        List.of(new OfferView(
                                12, 1, 2, 3, List.of(new ScalarView(0, 4_000)), List.of(new RangeView(0, 1, 2)))),
                        store.offers().items());
                assertEquals(
                        List.of(new DemandView(4, 100, 101, 42, 6, 5)),
                        store.demands().items());
                assertEquals(List.of(), store.history().items());
            }
        }
    }

    private static FrameworkView framework() {
        return new FrameworkView(
                4, "shop", "ann", "web", FrameworkState.ACTIVE, true, false, true, 7, 60_000, 0, 1_234, 5, 6, 99);
    }

    private static AgentView agent() {
        return new AgentView(
                3,
                "node-3",
                AgentState.ACTIVE,
                77,
                8,
                9,
                0,
                1_235,
                4,
                List.of(new AgentView.Amount(0, 4_000, 1_500, 500), new AgentView.Amount(1, 1L << 34, 1L << 30, 0)),
                List.of(new RangeView(0, 31_000, 32_000)),
                Map.of("attribute0", "value0", "attribute1", "value1"),
                "aeron:udp?endpoint=localhost:1");
    }

    private static TaskView task(boolean retired) {
        return new TaskView(
                4,
                9,
                3,
                16,
                17,
                "task-9",
                retired ? TaskState.FINISHED : TaskState.RUNNING,
                TaskReason.NONE,
                "grüß dich",
                18,
                true,
                14,
                15,
                10,
                11,
                12,
                13,
                19,
                18,
                List.of(new RangeView(0, 31_005, 31_006)),
                retired);
    }

    private static TemplateView template() {
        return new TemplateView(
                4,
                16,
                "echo",
                List.of("/bin/echo", "grüß dich"),
                Map.of("LANG", "C"),
                List.of(new ScalarView(0, 250)),
                2,
                3_000);
    }

    @Test
    void shouldSeeUpdatesAndRemovalsWithThePositionThatTheyStandFor() {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.put(Records.task(1, 1, TaskState.STAGING, ""), Records.task(1, 2, TaskState.STAGING, ""));
            rig.run();
            try (StateStore store = StateStore.open(folder)) {
                assertEquals(rig.position(), store.tasks().status().logPosition());
                rig.put(Records.task(1, 1, TaskState.RUNNING, "now longer than before".repeat(20)));
                rig.remove(Records.task(1, 2, TaskState.STAGING, ""));
                rig.run();
                Reading<TaskView> tasks = store.tasks();
                assertEquals(1, tasks.items().size());
                assertEquals(TaskState.RUNNING, tasks.items().get(0).state());
                assertEquals(new StatusView(rig.position(), rig.position() * 10, 1, 0, true, true), tasks.status());
            }
        }
    }

    @Test
    void shouldFindATaskFirstAmongTheLiveThenInTheHistory() {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.put(Records.task(4, 9, TaskState.RUNNING, "grüß dich"));
            rig.run();
            try (StateStore store = StateStore.open(folder)) {
                assertEquals(task(false), store.task(4, 9).first().orElseThrow());
                rig.retire(Records.task(4, 9, TaskState.FINISHED, "grüß dich"));
                rig.run();
                assertEquals(task(true), store.task(4, 9).first().orElseThrow());
                assertEquals(List.of(), store.tasks().items());
                assertEquals(List.of(task(true)), store.history().items());
                assertTrue(store.task(4, 10).first().isEmpty());
            }
        }
    }

    @Test
    void shouldTakeTheLongestRecords() {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.put(Records.agent(1, "h".repeat(8_000), 900));
            rig.run();
            try (StateStore store = StateStore.open(folder)) {
                AgentView agent = store.agents().first().orElseThrow();
                assertEquals(900, agent.attributes().size());
                assertEquals(8_000, agent.hostname().length());
            }
        }
    }

    @Test
    void shouldNotTakeMoreThanThereIsRoomForAndRunChangesTogether() {
        try (StoreRig rig = new StoreRig(folder)) {
            for (int i = 0; i < 5_000; i++) {
                rig.put(Records.task(1, i, TaskState.STAGING, "m".repeat(400)));
            }
            int first = rig.project();
            assertTrue(first > 0 && first < 5_000, "took " + first);
            assertEquals(0, rig.project());
            for (int i = 0; i < 5_000; i++) {
                rig.put(Records.task(1, i, TaskState.RUNNING, "m".repeat(400)));
            }
            rig.run();
            try (StateStore store = StateStore.open(folder)) {
                List<TaskView> tasks = store.tasks().items();
                assertEquals(5_000, tasks.size());
                assertTrue(tasks.stream().allMatch(task -> task.state() == TaskState.RUNNING));
                long puts = store.count(StoreCounter.PUTS);
                assertTrue(puts < 10_000, "changes ran together: " + puts);
            }
        }
    }

    @Test
    void shouldBeCompleteOnlyOnceAllStateWasTold() {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.put(Records.framework(1, "a"));
            StoreException early = assertThrows(StoreException.class, () -> StateStore.open(folder));
            assertEquals(StoreException.Problem.NOT_COMPLETE, early.problem());
            assertTrue(early.getMessage().contains("starting"), early.getMessage());
            rig.run();
            try (StateStore store = StateStore.open(folder)) {
                assertEquals(1, store.frameworks().items().size());
            }
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenThereIsNoStore() {
        StoreException absent = assertThrows(StoreException.class, () -> StateStore.open(folder.resolve("none")));
        assertEquals(StoreException.Problem.ABSENT, absent.problem());
        assertTrue(absent.getMessage().contains("none"), absent.getMessage());
    }

    @Test
    void shouldSayWhatIsWrongWhenTheVersionIsAnother() throws IOException {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.run();
        }
        try (FileChannel mark = FileChannel.open(folder.resolve(StoreMark.FILE_NAME), StandardOpenOption.WRITE)) {
            mark.write(ByteBuffer.wrap(new byte[] {99, 0, 0, 0}), 0);
        }
        StoreException other = assertThrows(StoreException.class, () -> StateStore.open(folder));
        assertEquals(StoreException.Problem.OTHER_VERSION, other.problem());
        assertTrue(other.getMessage().contains("version 99"), other.getMessage());
        try (StoreRig rig = new StoreRig(folder)) {
            rig.run();
            StateStore.open(folder).close();
        }
    }

    @Test
    void shouldRefuseToReadWhatIsFromBeforeTheMachineWasStarted() throws IOException {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.run();
        }
        try (StoreMark mark = StoreMark.open(folder)) {
            mark.writer(1, 1, new UUID(1, 2));
        }
        StoreException other = assertThrows(StoreException.class, () -> StateStore.open(folder));
        assertEquals(StoreException.Problem.NOT_COMPLETE, other.problem());
    }

    @Test
    void shouldRefuseASecondProjectorInTheFolder() {
        try (StoreRig rig = new StoreRig(folder)) {
            StoreException inUse = assertThrows(StoreException.class, () -> new StoreRig(folder));
            assertEquals(StoreException.Problem.IN_USE, inUse.problem());
            rig.run();
        }
    }

    @Test
    void shouldReadWhatIsThereAfterTheMasterStopped() {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.put(Records.framework(1, "a"));
            rig.run();
        }
        try (StateStore store = StateStore.open(folder)) {
            assertEquals(1, store.frameworks().items().size());
        }
    }

    @Test
    void shouldMoveAReaderToTheNewFilesWhenTheMasterStartsAgain() {
        StoreRig first = new StoreRig(folder);
        first.put(Records.framework(1, "a"));
        first.run();
        try (StateStore store = StateStore.open(folder)) {
            assertEquals(1, store.frameworks().items().size());
            first.close();
            try (StoreRig second = new StoreRig(folder)) {
                assertThrows(StoreException.class, store::frameworks);
                second.put(Records.framework(2, "b"), Records.framework(3, "c"));
                second.run();
                assertEquals(2, store.frameworks().items().size());
            }
        }
    }

    @Test
    void shouldRefuseReadsAfterClose() {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.run();
            StateStore store = StateStore.open(folder);
            store.close();
            store.close();
            assertThrows(IllegalStateException.class, store::status);
        }
    }
}
