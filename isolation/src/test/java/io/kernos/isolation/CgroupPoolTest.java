package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.isolation.IsolationCapabilities.CgroupVersion;
import io.kernos.linux.Errno;
import io.kernos.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CgroupPoolTest {
    private static final long LARGE_BYTES = 1L << 30;
    private static final long SMALL_BYTES = 16L << 20;

    private final Groups groups = new Groups();
    private final CgroupPool pool = new CgroupPool(groups);

    @Test
    void shouldTakeAnotherSlotWhenTheMemoryOfOneCannotBeLoweredNow() {
        CgroupPool.Slot used = pool.take(1_000, LARGE_BYTES, 0);
        pool.giveBackEmpty(used);
        groups.lowering = Errno.EBUSY;
        CgroupPool.Slot other = pool.take(1_000, SMALL_BYTES, 0);
        assertEquals(used.number + 1, other.number);
        pool.poll();
        assertEquals(used, pool.take(1_000, LARGE_BYTES, 0));
    }

    @Test
    void shouldTakeAnotherSlotWhenOneHasVanished() {
        CgroupPool.Slot used = pool.take(1_000, LARGE_BYTES, 0);
        pool.giveBackEmpty(used);
        groups.lowering = Errno.ENODEV;
        assertEquals(used.number + 1, pool.take(1_000, SMALL_BYTES, 0).number);
        assertEquals(1, pool.size());
    }

    @Test
    void shouldSayWhyWhenLimitIsRefusedForItsOwnSake() {
        pool.giveBackEmpty(pool.take(1_000, LARGE_BYTES, 0));
        groups.lowering = Errno.EINVAL;
        LinuxException thrown = assertThrows(LinuxException.class, () -> pool.take(1_000, SMALL_BYTES, 0));
        assertEquals(Errno.EINVAL, thrown.errno());
    }

    @Test
    void shouldTellNoKillForMemoryWhenTheGroupIsGone() {
        CgroupPool.Slot used = pool.take(1_000, LARGE_BYTES, 0);
        groups.isGone = true;
        assertFalse(used.oomKilled());
    }

    @Test
    void shouldRemoveAtTheEndAGroupWhoseCountersCouldNotBeReset() {
        groups.resetting = new LinuxException("write 0 to memory.failcnt", Errno.EINVAL);
        CgroupPool.Slot used = pool.take(1_000, LARGE_BYTES, 0);
        pool.giveBackEmpty(used);

        assertEquals(0, pool.freeCount());
        assertEquals(used.number + 1, pool.take(1_000, LARGE_BYTES, 0).number);
        assertEquals(1, pool.size());
        assertFalse(pool.removeAll());
        assertEquals(List.of(used.number), groups.removed);
    }

    @Test
    void shouldKeepASlotWhenItsResetFailsUnexpectedly() {
        groups.resetting = new UncheckedIOException(new IOException("cgroup.subtree_control"));
        CgroupPool.Slot used = pool.take(1_000, LARGE_BYTES, 0);
        pool.giveBack(used);
        pool.poll();

        pool.emptyAll();
        pool.poll();
        assertTrue(pool.removeAll());
        assertEquals(List.of(used.number), groups.removed);
    }

    @Test
    void shouldSweepAgainWhenASweepFailsUnexpectedly() {
        groups.sweeping = new IllegalStateException("not now");
        CgroupPool.Slot used = pool.take(1_000, LARGE_BYTES, 0);
        pool.giveBack(used);
        pool.poll();
        assertEquals(0, pool.freeCount());

        groups.sweeping = null;
        pool.poll();
        assertEquals(1, pool.freeCount());
    }

    /** What has vanished from one hierarchy may still be in another. */
    @Test
    void shouldRemoveWhatIsLeftOfAGroupThatHasVanished() {
        CgroupPool.Slot used = pool.take(1_000, LARGE_BYTES, 0);
        pool.giveBackEmpty(used);
        groups.lowering = Errno.ENODEV;
        pool.take(1_000, SMALL_BYTES, 0);
        assertEquals(List.of(used.number), groups.removed);
    }

    /** Groups that have no processes, and of which the kernel may refuse to lower the limit. */
    private static final class Groups implements Cgroups {
        private int lowering;
        private boolean isGone;
        private RuntimeException resetting;
        private RuntimeException sweeping;
        private final List<Integer> removed = new ArrayList<>();

        @Override
        public CgroupVersion version() {
            return CgroupVersion.V1;
        }

        @Override
        public String where() {
            return "nowhere";
        }

        @Override
        public Set<String> controllers() {
            return Set.of("memory");
        }

        @Override
        public Cgroup open(int number) {
            return new Group(number);
        }

        @Override
        public List<Integer> existing() {
            return List.of();
        }

        @Override
        public boolean clonedInto() {
            return false;
        }

        @Override
        public void removeFolder() {
            // There is none.
        }

        private final class Group implements Cgroup {
            private final int number;
            private long limitBytes;

            Group(int number) {
                this.number = number;
            }

            @Override
            public void limit(long cpusMilli, long memoryBytes, long pidsMax) {
                if (memoryBytes < limitBytes && lowering != 0) {
                    throw new LinuxException("write " + memoryBytes + " to memory.limit_in_bytes", lowering);
                }
                limitBytes = memoryBytes;
            }

            @Override
            public long oomKills() {
                if (isGone) {
                    throw new LinuxException("read memory.oom_control", Errno.ENODEV);
                }
                return 0;
            }

            @Override
            public List<String> planEntries() {
                return List.of();
            }

            @Override
            public int sweep() {
                if (sweeping != null) {
                    throw sweeping;
                }
                return 0;
            }

            @Override
            public void reset() {
                if (resetting != null) {
                    throw resetting;
                }
            }

            @Override
            public boolean remove() {
                removed.add(number);
                return true;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        }
    }
}
