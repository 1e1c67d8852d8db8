package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long a recovery waits for what an earlier run left in its control groups. */
@Timeout(120)
class RecoverySweepTest {
    private static final int SWEEPS = 5;

    @TempDir
    Path folder;

    private final AtomicLong nanoTime = new AtomicLong(17);
    private final LeftGroup left = new LeftGroup();
    private Containerizer containerizer;
    private Harness told;

    @BeforeEach
    void start() throws IOException {
        left.procs = Files.writeString(folder.resolve("procs"), "");
        ContainerizerContext context = new ContainerizerContext(folder.resolve("supervisor"))
                .namespaces(false)
                .preparedCgroups(0)
                .nanoClock(nanoTime::get)
                .cgroupSource((_, _) -> left);
        told = new Harness(folder, context);
        containerizer = context.newContainerizer();
        containerizer.recover();
        while (left.sweeps < SWEEPS) {
            containerizer.poll(told);
        }
    }

    @AfterEach
    void stop() {
        left.dies = true;
        containerizer.shutdown();
        containerizer.close();
    }

    @Test
    void shouldCompleteOnceWhenWhatWasLeftIsDead() {
        assertEquals(0, told.recoveries);

        left.dies = true;
        pollOften();

        assertEquals(1, told.recoveries);
    }

    @Test
    void shouldCompleteOnceAfterItsTimeWhenWhatWasLeftDoesNotDie() {
        nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(LinuxContainerizer.SWEEP_TIMEOUT_MS) - 1);
        pollOften();
        assertEquals(0, told.recoveries);

        nanoTime.incrementAndGet();
        pollOften();
        assertEquals(1, told.recoveries);
    }

    private void pollOften() {
        for (int i = 0; i < SWEEPS; i++) {
            containerizer.poll(told);
        }
    }

    /** Groups of which number 5 was left by an earlier run, with something in it. */
    private static final class LeftGroup implements Cgroups {
        private static final int LEFT = 5;

        private Path procs;
        private boolean dies;
        private int sweeps;

        @Override
        public IsolationCapabilities.CgroupVersion version() {
            return IsolationCapabilities.CgroupVersion.V1;
        }

        @Override
        public String where() {
            return "nowhere";
        }

        @Override
        public Set<String> controllers() {
            return Set.of();
        }

        @Override
        public Cgroup open(int number) {
            return new Group(number);
        }

        @Override
        public List<Integer> existing() {
            return List.of(LEFT);
        }

        @Override
        public boolean clonedInto() {
            return false;
        }

        @Override
        public void removeFolder() {
            // A folder of its own is not what it has.
        }

        private final class Group implements Cgroup {
            private final int number;

            Group(int number) {
                this.number = number;
            }

            @Override
            public void limit(long cpusMilli, long memoryBytes, long pidsMax) {
                // Nothing runs that could pass a limit.
            }

            @Override
            public long oomKills() {
                return 0;
            }

            @Override
            public List<String> planEntries() {
                return List.of(procs.toString());
            }

            @Override
            public int sweep() {
                if (number != LEFT) {
                    return 0;
                }
                sweeps++;
                return dies ? 0 : 1;
            }

            @Override
            public void reset() {
                // Nothing is counted.
            }

            @Override
            public boolean remove() {
                return true;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        }
    }
}
