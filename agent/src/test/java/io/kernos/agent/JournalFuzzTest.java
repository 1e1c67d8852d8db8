package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a journal's file may hold after a crash, a bad disk, or a bad mind. */
class JournalFuzzTest {
    private final byte[] file = recorded();
    private final List<Integer> ends = frameEnds(file);

    /** A life with each kind of record in it. */
    private static byte[] recorded() {
        CoreHarness agent = CoreHarness.ready();
        agent.launch(1);
        agent.started(1);
        agent.launch(TestMessages.launch(1, 2, 1, 31_000, 31_002));
        agent.exited(1, 3);
        agent.started(2);
        agent.core.onKill(1, 2, 100);
        agent.acknowledge(1, agent.core.task(1, 1).state());
        agent.launch(3);
        MemoryJournal journal = new MemoryJournal();
        agent.core.snapshot(journal, 5);
        byte[] file = Arrays.copyOf(
                journal.bytes, journal.bytes.length + agent.journal.bytes.length - JournalFormat.HEADER_BYTES);
        System.arraycopy(
                agent.journal.bytes,
                JournalFormat.HEADER_BYTES,
                file,
                journal.bytes.length,
                agent.journal.bytes.length - JournalFormat.HEADER_BYTES);
        return file;
    }

    private static List<Integer> frameEnds(byte[] file) {
        List<Integer> ends = new ArrayList<>(List.of(JournalFormat.HEADER_BYTES));
        JournalFormat.scan(file, (buffer, offset, length) -> {
            ends.add(offset + (length + 3 & -4));
            return true;
        });
        return ends;
    }

    private JournalFormat.Scan replay(byte[] bytes) {
        CoreHarness harness = new CoreHarness();
        AgentCore core = new AgentCore(JournalLog.NONE, harness, harness, Counting.NONE, 1_000, 4_000, 100);
        JournalFormat.Scan scan = MemoryJournal.replay(bytes, core);
        core.verify();
        core.onTime(1, 1);
        core.onRecoveryComplete();
        core.verify();
        return scan;
    }

    @Test
    void shouldHoldWholeRecordsWhenFileIsWhole() {
        JournalFormat.Scan scan = replay(file);
        assertEquals(new JournalFormat.Scan(ends.size() - 1, file.length, false), scan);
        assertTrue(scan.records() > 15, "the journal has too few records to test with: " + scan.records());
    }

    @Test
    void shouldRecoverWholeRecordsWhenCutAtAnyByte() {
        for (int length = 0; length < file.length; length++) {
            JournalFormat.Scan scan = replay(Arrays.copyOf(file, length));
            int whole = (int) wholeFrames(length);
            assertEquals(Math.max(0, whole - 1), scan.records(), "cut to " + length);
            boolean inHeader = length > 0 && length < JournalFormat.HEADER_BYTES;
            assertEquals(inHeader, scan.damaged(), "cut to " + length);
        }
    }

    private long wholeFrames(int length) {
        return ends.stream().filter(end -> end <= length).count();
    }

    @Test
    void shouldRecoverRecordsBeforeItWhenAnyBitIsTurned() {
        for (int position = JournalFormat.HEADER_BYTES; position < file.length; position++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = file.clone();
                damaged[position] ^= (byte) (1 << bit);
                JournalFormat.Scan scan = replay(damaged);
                int before = (int) wholeFrames(position) - 1;
                String where = "byte " + position + " bit " + bit;
                boolean padding = scan.records() == ends.size() - 1;
                assertTrue(padding || scan.records() == before && scan.damaged(), where + ": " + scan);
                assertTrue(!padding || isPadding(position), where + " was not noticed");
            }
        }
    }

    /** The zeros up to the next multiple of four are covered by no checksum, and mean nothing. */
    private boolean isPadding(int position) {
        int frame = ends.get((int) wholeFrames(position) - 1);
        int length = file[frame] & 0xFF | (file[frame + 1] & 0xFF) << 8;
        return position >= frame + JournalFormat.FRAME_HEADER_BYTES + length;
    }

    @Test
    void shouldNotThrowWhenBytesAreRandom() {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            if (bytes.length > JournalFormat.HEADER_BYTES && random.nextBoolean()) {
                System.arraycopy(file, 0, bytes, 0, JournalFormat.HEADER_BYTES);
            }
            assertEquals(0, replay(bytes).records(), "seed " + seed + " round " + i);
        }
    }

    /** Records that are whole but mean nonsense together must not bring a core into a state that it cannot have. */
    @Test
    void shouldStayConsistentWhenRecordsAreDroppedDoubledAndSwapped() {
        long seed = 12;
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            MemoryJournal shuffled = new MemoryJournal();
            for (int i = random.nextInt(40); i > 0; i--) {
                int frame = random.nextInt(ends.size() - 1);
                int from = shuffled.bytes.length;
                int length = ends.get(frame + 1) - ends.get(frame);
                shuffled.bytes = Arrays.copyOf(shuffled.bytes, from + length);
                System.arraycopy(file, ends.get(frame), shuffled.bytes, from, length);
            }
            try {
                assertFalse(replay(shuffled.bytes).damaged());
            } catch (RuntimeException ex) {
                throw new AssertionError("seed " + seed + " round " + round, ex);
            }
        }
    }
}
