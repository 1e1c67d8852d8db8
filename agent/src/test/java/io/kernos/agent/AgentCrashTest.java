package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.isolation.LaunchOutcome;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.LaunchOrderedDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.TaskState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/**
 * Agents that are killed at any point, the writes of their journal among them, beside a supervisor that survives (and
 * sometimes does not) and a master that is connected only now and then. Then all heals, and each task must have ended
 * exactly once and run at most once; it may be lost only if its supervisor died, and dropped only if the disk was full.
 */
class AgentCrashTest {
    private static final int SEEDS = Integer.getInteger("kernos.agent.seeds", 200);
    private static final long FIRST_SEED = Long.getLong("kernos.agent.firstSeed", 1);
    private static final int STEPS = 700;
    private static final int HEALING_STEPS = 20_000;

    @Test
    void shouldEndEachTaskOnceWhenAgentIsKilledAtAnyPoint() {
        int crashes = 0;
        int claims = 0;
        Map<TaskState, Integer> ends = new EnumMap<>(TaskState.class);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                Run run = new Run(seed);
                crashes += run.run();
                claims += run.supervisor.claims;
                run.master.tasks.values().forEach(known -> ends.merge(known.state, 1, Integer::sum));
            } catch (RuntimeException ex) {
                throw new AssertionError("seed " + seed, ex);
            }
        }
        assertTrue(crashes > SEEDS, "only " + crashes + " crashes: the test tests nothing");
        assertTrue(claims > SEEDS / 4, "only " + claims + " launches were under way as an agent came back");
        int tasks = ends.values().stream().mapToInt(Integer::intValue).sum();
        int finished = ends.getOrDefault(TaskState.FINISHED, 0);
        assertTrue(finished > tasks / 6, "of " + tasks + " tasks " + finished + " finished: " + ends);
    }

    /** The process is killed. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super(null, null, false, false);
        }
    }

    private static final class Run implements TaskContainers, StatusPublisher, JournalLog {
        private final String seed;
        private final Random random;
        private final SimulatedSupervisor supervisor;
        private final SimulatedMaster master;
        private final Set<Long> ordered = new HashSet<>();
        private final Set<Long> mayBeLost = new HashSet<>();
        private final Set<Long> dropped = new HashSet<>();
        private final Set<Long> mayBeDropped = new HashSet<>();
        private final LaunchOrderedDecoder order = new LaunchOrderedDecoder();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private MemoryJournal journal = new MemoryJournal();
        private AgentCore core;
        private boolean healing;
        private boolean connected;
        private boolean diskFull;
        private boolean diskWasFull;
        private long nowMs = 1;
        private long lastTaskId;
        private int crashes;

        Run(long seed) {
            this.seed = "seed " + seed;
            this.random = new Random(seed);
            this.supervisor = new SimulatedSupervisor(random);
            this.master = new SimulatedMaster(random, this.seed);
        }

        int run() {
            begin();
            for (int i = 0; i < STEPS; i++) {
                guardedStep();
            }
            healing = true;
            for (int i = 0; i < HEALING_STEPS && !settled(); i++) {
                guardedStep();
            }
            check();
            return crashes;
        }

        private void guardedStep() {
            try {
                step();
                core.verify();
            } catch (Killed ex) {
                crashes++;
                begin();
            } catch (IllegalStateException ex) {
                throw new AssertionError(seed + ": " + ex.getMessage(), ex);
            }
        }

        private void step() {
            nowMs += random.nextInt(20);
            core.onTime(nowMs, nowMs * 1_000_000);
            supervisor.step();
            supervisor.poll(core);
            stepLink();
            if (!healing) {
                disturb();
            }
        }

        private void stepLink() {
            if (connected) {
                deliver();
            } else if (core.recovered() && random.nextInt(5) == 0) {
                connected = true;
                master.onRegistered(core);
            }
        }

        private void deliver() {
            diskWasFull = false;
            try {
                master.deliver(core);
            } finally {
                core.forEachTask(this::noteDropped);
            }
        }

        private void noteDropped(AgentTask task) {
            if (task.state() == TaskState.DROPPED && dropped.add(task.taskId()) && diskWasFull) {
                mayBeDropped.add(task.taskId());
            }
        }

        private void disturb() {
            int dice = random.nextInt(1_000);
            if (dice < 60) {
                master.submit(++lastTaskId, connected);
            } else if (dice < 80 && lastTaskId > 0) {
                master.kill(random.nextLong(lastTaskId) + 1, connected);
            } else if (dice < 90) {
                connected = false;
                master.onDisconnected();
            } else if (dice < 93) {
                killSupervisor();
                core.onDisconnected("killed");
                supervisor.list();
            } else if (dice < 100) {
                throw new Killed();
            } else if (dice < 110) {
                diskFull = true;
            } else if (dice < 150) {
                if (diskFull && random.nextInt(3) == 0) {
                    throw new Killed();
                }
                diskFull = false;
            }
        }

        /** A new life of the agent, which may be killed before it wrote its journal anew. */
        private void begin() {
            connected = false;
            master.onDisconnected();
            core = new AgentCore(this, this, this, Counting.NONE, 100, 400, 100);
            if (MemoryJournal.replay(journal.bytes, core).damaged()) {
                loseOrdered();
            }
            core.verify();
            if (healing || random.nextInt(3) > 0) {
                MemoryJournal fresh = new MemoryJournal();
                core.snapshot(fresh, nowMs);
                journal = fresh;
            } else {
                cutTail();
            }
            core.onTime(nowMs, nowMs * 1_000_000);
            if (!healing && random.nextInt(8) == 0) {
                killSupervisor();
            }
            supervisor.list();
        }

        private void killSupervisor() {
            supervisor.die();
            loseOrdered();
        }

        private void loseOrdered() {
            ordered.stream().filter(taskId -> !master.hasEnded(taskId)).forEach(mayBeLost::add);
        }

        /** What replay leaves out must not be in the way of what is appended. */
        private void cutTail() {
            JournalFormat.Scan scan = JournalFormat.scan(journal.bytes, (buffer, offset, length) -> true);
            journal.bytes = Arrays.copyOf(journal.bytes, scan.validBytes());
        }

        private boolean settled() {
            return master.allEnded() && core.taskCount() == 0 && supervisor.holdsNothing();
        }

        private void check() {
            assertTrue(master.allEnded(), () -> seed + ": " + master.tasks.size() + " tasks did not all end");
            assertEquals(0, core.taskCount(), seed + ": the agent did not forget");
            assertTrue(supervisor.holdsNothing(), seed + ": the supervisor did not forget");
            master.tasks.forEach((taskId, known) -> {
                int runs = supervisor.runs.getOrDefault(taskId, 0);
                assertTrue(runs <= 1, seed + ": task " + taskId + " ran " + runs + " times");
                boolean lost = known.state == TaskState.LOST;
                assertTrue(!lost || mayBeLost.contains(taskId), seed + ": task " + taskId + " is lost for no reason");
                boolean wasDropped = known.state == TaskState.DROPPED;
                assertTrue(!wasDropped || mayBeDropped.contains(taskId), seed + ": task " + taskId + " was dropped");
                boolean ran = known.state == TaskState.FINISHED;
                assertTrue(!ran || runs == 1, seed + ": task " + taskId + " finished, but never ran");
            });
        }

        private void mayDie() {
            if (!healing && random.nextInt(400) == 0) {
                throw new Killed();
            }
        }

        @Override
        public boolean append(DirectBuffer buffer, int offset, int length) {
            if (!healing && diskFull) {
                diskWasFull = true;
                return false;
            }
            if (MessageCheck.templateId(buffer, offset) == LaunchOrderedDecoder.TEMPLATE_ID) {
                ordered.add(order.wrapAndApplyHeader(buffer, offset, header).taskId());
            }
            mayDie();
            journal.append(buffer, offset, length);
            if (!healing && random.nextInt(300) == 0) {
                int cut = 1 + random.nextInt(journal.lastFrameBytes);
                journal.bytes = Arrays.copyOf(journal.bytes, journal.bytes.length - cut);
                throw new Killed();
            }
            mayDie();
            return true;
        }

        @Override
        public boolean publish(AgentTask task, TaskState state) {
            if (!connected || random.nextInt(8) == 0) {
                return false;
            }
            master.onStatus(task.taskId(), state);
            mayDie();
            return true;
        }

        @Override
        public LaunchOutcome launch(AgentTask task) {
            mayDie();
            LaunchOutcome outcome = supervisor.launch(task.taskId());
            mayDie();
            return outcome;
        }

        @Override
        public boolean signal(long frameworkId, long taskId, int signal) {
            return supervisor.kill(taskId, signal);
        }

        @Override
        public boolean destroy(long frameworkId, long taskId) {
            return supervisor.kill(taskId, 9);
        }

        @Override
        public boolean acknowledge(long frameworkId, long taskId) {
            mayDie();
            return supervisor.acknowledge(taskId);
        }

        @Override
        public void ended(AgentTask task) {}

        @Override
        public long supervisorId() {
            return supervisor.id;
        }
    }
}
