package io.kernos.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LaunchPlanTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(LaunchPlan.MAX_BYTES));

    static LaunchPlan plan(long taskId, int flags, String sandbox, String... args) {
        return new LaunchPlan(
                1,
                taskId,
                42,
                flags,
                1000,
                1001,
                List.of(7, 8),
                List.of(new LaunchPlan.Rlimit(7, 10, 20)),
                sandbox,
                "host",
                "stdout",
                "stderr",
                List.of(),
                List.of(args),
                List.of("A=1", "B=ü"));
    }

    @Test
    void shouldComeBackEqualWhenEncodedAndDecoded() {
        LaunchPlan plan = plan(3, PlanFlag.NEW_PID.bit(), "/box", "a", "", "c d");

        assertEquals(plan, LaunchPlan.decode(buffer, plan.encode(buffer)));
    }

    @Test
    void shouldRefuseWhenPlanIsCutOffAnywhere() {
        int length = plan(3, 0, "/box", "a", "b").encode(buffer);

        for (int cut = 0; cut < length; cut++) {
            buffer.putInt(Protocol.LENGTH, cut);
            int shorter = cut;
            assertThrows(IllegalArgumentException.class, () -> LaunchPlan.decode(buffer, shorter));
        }
    }

    @Test
    void shouldDecodeOrRefuseWhenBytesAreRandom() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            int length = plan(i, 0, "/box", "a", "b").encode(buffer);
            buffer.putByte(random.nextInt(length), (byte) random.nextInt());
            try {
                LaunchPlan.decode(buffer, length);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertTrue(refused > 0, "seed " + seed);
    }

    @Test
    void shouldNameFieldWhenLimitIsPassed() {
        List<String> many = Collections.nCopies(LaunchPlan.MAX_ARGS + 1, "a");
        LaunchPlan tooMany = plan(1, 0, "/box", many.toArray(String[]::new));
        LaunchPlan tooLong = plan(1, 0, "/box", "a".repeat(LaunchPlan.MAX_BYTES));
        LaunchPlan withNul = plan(1, 0, "/box", "a\0b");

        assertEquals(
                "args has 1025 entries: give at most 1024",
                assertThrows(IllegalArgumentException.class, () -> tooMany.encode(buffer))
                        .getMessage());
        assertEquals(
                "the launch plan passes 131072 bytes at args: shorten args or env",
                assertThrows(IllegalArgumentException.class, () -> tooLong.encode(buffer))
                        .getMessage());
        assertEquals(
                "args holds a NUL character: the kernel takes none",
                assertThrows(IllegalArgumentException.class, () -> withNul.encode(buffer))
                        .getMessage());
    }

    @Test
    void shouldTellAllWhenDescribed() {
        String text = plan(3, PlanFlag.NEW_PID.bit() | PlanFlag.SET_USER.bit(), "/box", "ls", "-l")
                .describe();

        assertEquals("""
            container 1/3 cookie 42
              command   ls -l
              sandbox   /box (stdout to stdout, stderr to stderr)
              isolation pid namespace, own user
              hostname  host
              user      1000:1001 [7, 8]
              limit     Rlimit[resource=7, soft=10, hard=20]
              env       A=1
              env       B=ü
            """, text);
    }
}
