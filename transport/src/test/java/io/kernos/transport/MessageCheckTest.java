package io.kernos.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.AgentTasksDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OfferDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.SubscribeFrameworkDecoder;
import io.kernos.transport.codecs.TaskUpdateDecoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MessageCheckTest {
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int TEMPLATE_AT = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int SCHEMA_AT = MessageHeaderDecoder.schemaIdEncodingOffset();
    private static final int VERSION_AT = MessageHeaderDecoder.versionEncodingOffset();
    private static final int NEWER = MessageHeaderDecoder.SCHEMA_VERSION + 1;
    private static final int BLOCK_LENGTH_AT = MessageHeaderDecoder.blockLengthEncodingOffset();

    @TestFactory
    Stream<DynamicTest> shouldAcceptEachMessageAndRefuseEachTruncationOfIt() throws Exception {
        return SampleMessages.all().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> truncate(sample.getValue())));
    }

    private static void truncate(byte[] message) {
        assertEquals(MessageCheck.OK, check(message));
        for (int length = 0; length < message.length; length++) {
            assertEquals(RefusalCode.TRUNCATED, check(Arrays.copyOf(message, length)), "first bytes: " + length);
        }
        assertEquals(RefusalCode.MALFORMED, check(Arrays.copyOf(message, message.length + 1)), "a byte too many");
    }

    @TestFactory
    Stream<DynamicTest> shouldLetNothingPassThatADecoderCannotReadWhenBitsFlip() throws Exception {
        return SampleMessages.all().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.getKey(), () -> flipEachBit(sample.getKey(), sample.getValue())));
    }

    private static void flipEachBit(String name, byte[] message) throws Exception {
        assertEquals(message.length, decodedLength(name, message), "the decoder reads the sample to its end");
        for (int bit = 0; bit < message.length * 8; bit++) {
            byte[] flipped = message.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            boolean sameMessage = bit / 8 < TEMPLATE_AT || bit / 8 >= SCHEMA_AT;
            if (check(flipped) == MessageCheck.OK && sameMessage) {
                assertTrue(decodedLength(name, flipped) <= flipped.length, "bit " + bit);
            }
        }
    }

    @Test
    void shouldNeverThrowWhenBytesAreRandom() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Object[] samples = SampleMessages.all().entrySet().toArray();
        int refused = 0;
        for (int i = 0; i < 200_000; i++) {
            Map.Entry<?, ?> sample = (Map.Entry<?, ?>) samples[random.nextInt(samples.length)];
            byte[] message = ((byte[]) sample.getValue()).clone();
            for (int j = 1 + random.nextInt(4); j > 0; j--) {
                int at = random.nextInt(message.length);
                if (at < TEMPLATE_AT || at >= SCHEMA_AT) {
                    message[at] = (byte) random.nextInt();
                }
            }
            if (check(message) != MessageCheck.OK) {
                refused++;
            } else {
                int decoded = decodedLength((String) sample.getKey(), message);
                assertTrue(decoded <= message.length, "seed " + seed + " message " + i);
            }
        }
        assertTrue(refused > 0, "seed " + seed);
    }

    @Test
    void shouldNameTheReasonWhenTheHeaderIsForeign() throws Exception {
        byte[] message = SampleMessages.all().get("TaskUpdate");
        assertEquals(RefusalCode.UNKNOWN_SCHEMA, check(with(message, SCHEMA_AT, 7702)));
        assertEquals(RefusalCode.UNKNOWN_TEMPLATE, check(with(message, TEMPLATE_AT, 0)));
        assertEquals(RefusalCode.UNKNOWN_TEMPLATE, check(with(message, TEMPLATE_AT, 49)));
        assertEquals(RefusalCode.UNKNOWN_TEMPLATE, check(with(message, TEMPLATE_AT, 65_535)));
        assertEquals(RefusalCode.UNSUPPORTED_VERSION, check(with(message, VERSION_AT, 0)));
        assertEquals(RefusalCode.MALFORMED, check(with(message, BLOCK_LENGTH_AT, TaskUpdateDecoder.BLOCK_LENGTH + 1)));
        assertEquals(RefusalCode.MALFORMED, check(with(message, BLOCK_LENGTH_AT, TaskUpdateDecoder.BLOCK_LENGTH - 1)));
    }

    @Test
    void shouldRefuseWhenAnEnumerationHasNoSuchValue() throws Exception {
        byte[] message = SampleMessages.all().get("TaskUpdate");
        int stateAt = HEADER + TaskUpdateDecoder.stateEncodingOffset();
        for (int value : new int[] {6, 9, 21, 255}) {
            message[stateAt] = (byte) value;
            assertEquals(RefusalCode.MALFORMED, check(message), "state " + value);
        }
    }

    @Test
    void shouldRefuseWhenAnEnumerationInAGroupHasNoSuchValue() throws Exception {
        byte[] message = SampleMessages.all().get("AgentTasks");
        int groupAt = HEADER + AgentTasksDecoder.BLOCK_LENGTH;
        int secondEntryAt = groupAt + 4 + AgentTasksDecoder.TasksDecoder.sbeBlockLength();
        message[secondEntryAt + 16] = 99;
        assertEquals(RefusalCode.MALFORMED, check(message));
    }

    @Test
    void shouldRefuseWhenASetHasBitsThatItsVersionDoesNotKnow() throws Exception {
        byte[] message = SampleMessages.all().get("SubscribeFramework");
        int flagsAt = HEADER + SubscribeFrameworkDecoder.flagsEncodingOffset();
        assertEquals(MessageCheck.OK, check(with(message, flagsAt, 3)));
        assertEquals(RefusalCode.MALFORMED, check(with(message, flagsAt, 4)));
    }

    @Test
    void shouldRefuseWhenAStringOrGroupIsBeyondItsLimit() throws Exception {
        byte[] message = SampleMessages.all().get("Refused");
        int blockEnd = message.length - 6;
        int longest = Limits.MAX_STRING_BYTES;
        byte[] fits = with(Arrays.copyOf(message, blockEnd + 2 + longest), blockEnd, longest);
        assertEquals(MessageCheck.OK, check(fits));
        byte[] beyond = with(Arrays.copyOf(message, blockEnd + 3 + longest), blockEnd, longest + 1);
        assertEquals(RefusalCode.TOO_LONG, check(beyond));

        byte[] offer = SampleMessages.all().get("Offer");
        int countAt = HEADER + OfferDecoder.BLOCK_LENGTH + 2;
        assertEquals(RefusalCode.TOO_LONG, check(with(offer, countAt, Limits.MAX_GROUP_ENTRIES + 1)));
        assertEquals(RefusalCode.TRUNCATED, check(with(offer, countAt, Limits.MAX_GROUP_ENTRIES)));
        assertEquals(RefusalCode.TOO_LONG, check(new byte[Limits.MAX_MESSAGE_BYTES + 1]));
    }

    @Test
    void shouldAcceptWhenANewerVersionHasALongerBlockAndMoreAtItsEnd() throws Exception {
        byte[] message = SampleMessages.all().get("TaskUpdate");
        int block = TaskUpdateDecoder.BLOCK_LENGTH;
        byte[] longer = new byte[message.length + 12 + 3];
        System.arraycopy(message, 0, longer, 0, HEADER + block);
        System.arraycopy(message, HEADER + block, longer, HEADER + block + 12, message.length - HEADER - block);
        byte[] newer = with(with(longer, BLOCK_LENGTH_AT, block + 12), VERSION_AT, NEWER);
        assertEquals(MessageCheck.OK, check(newer));

        TaskUpdateDecoder decoder = new TaskUpdateDecoder();
        decoder.wrapAndApplyHeader(new UnsafeBuffer(newer), 0, new MessageHeaderDecoder());
        assertEquals("text", decoder.message());

        assertEquals(RefusalCode.MALFORMED, check(with(newer, VERSION_AT, NEWER - 1)));
        assertEquals(RefusalCode.MALFORMED, check(with(newer, BLOCK_LENGTH_AT, block - 1)));
        assertEquals(RefusalCode.TRUNCATED, check(Arrays.copyOf(newer, message.length)));
    }

    @Test
    void shouldRefuseWhenANewerVersionHasAnEnumerationThatIsNotKnown() throws Exception {
        byte[] message = SampleMessages.all().get("TaskUpdate");
        byte[] newer = with(message, VERSION_AT, NEWER);
        assertEquals(MessageCheck.OK, check(newer));
        newer[HEADER + TaskUpdateDecoder.reasonEncodingOffset()] = 99;
        assertEquals(RefusalCode.MALFORMED, check(newer));
    }

    @Test
    void shouldReadOnlyItsPartWhenTheBufferHoldsMore() throws Exception {
        byte[] message = SampleMessages.all().get("Offer");
        byte[] padded = new byte[message.length + 64];
        Arrays.fill(padded, (byte) 0xFF);
        System.arraycopy(message, 0, padded, 24, message.length);
        UnsafeBuffer buffer = new UnsafeBuffer(padded);
        assertEquals(MessageCheck.OK, MessageCheck.check(buffer, 24, message.length));
        assertNotEquals(MessageCheck.OK, MessageCheck.check(buffer, 24, message.length - 1));
        assertEquals(OfferDecoder.TEMPLATE_ID, MessageCheck.templateId(buffer, 24));
    }

    private static RefusalCode check(byte[] message) {
        return MessageCheck.check(new UnsafeBuffer(message), 0, message.length);
    }

    private static byte[] with(byte[] message, int at, int value) {
        byte[] changed = message.clone();
        new UnsafeBuffer(changed).putShort(at, (short) value, ByteOrder.LITTLE_ENDIAN);
        return changed;
    }

    private static int decodedLength(String name, byte[] message) throws Exception {
        Class<?> type = Class.forName("io.kernos.transport.codecs." + name + "Decoder");
        Object decoder = type.getConstructor().newInstance();
        type.getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, MessageHeaderDecoder.class)
                .invoke(decoder, new UnsafeBuffer(message), 0, new MessageHeaderDecoder());
        assertTrue(decoder.toString().length() > name.length());
        return HEADER + (int) type.getMethod("sbeDecodedLength").invoke(decoder);
    }
}
