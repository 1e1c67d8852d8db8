package io.kernos.master.node;

import io.kernos.transport.Limits;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.AcceptOffersDecoder;
import io.kernos.transport.codecs.AcknowledgeUpdatesDecoder;
import io.kernos.transport.codecs.AgentRegisterDecoder;
import io.kernos.transport.codecs.AgentTasksDecoder;
import io.kernos.transport.codecs.DeclineOffersDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.ReconcileTasksDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RegisterTemplateDecoder;
import io.kernos.transport.codecs.RelayConnectDecoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message with a mistake in it, and as what it must be refused. That follows from how it was spoilt; of flipped bits
 * and of random bytes alone the check itself has to say it.
 */
record SpoiltMessage(byte[] bytes, RefusalCode kind) {
    private static final int BLOCK_LENGTH_AT = MessageHeaderDecoder.blockLengthEncodingOffset();
    private static final int TEMPLATE_ID_AT = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int SCHEMA_ID_AT = MessageHeaderDecoder.schemaIdEncodingOffset();
    private static final int VERSION_AT = MessageHeaderDecoder.versionEncodingOffset();
    private static final int COUNT_IN_GROUP_AT = 2;
    private static final int NO_TEMPLATE_ID = 10_000;
    private static final int WAYS = 9;

    /** Those in which a group comes after the fixed fields. */
    private static final Set<Integer> WITH_GROUP = Set.of(
            RegisterTemplateDecoder.TEMPLATE_ID,
            AcceptOffersDecoder.TEMPLATE_ID,
            DeclineOffersDecoder.TEMPLATE_ID,
            AcknowledgeUpdatesDecoder.TEMPLATE_ID,
            ReconcileTasksDecoder.TEMPLATE_ID,
            AgentRegisterDecoder.TEMPLATE_ID,
            AgentTasksDecoder.TEMPLATE_ID);

    /** What introduces a relay has no bit flipped: the session could become a relay by it. */
    static SpoiltMessage of(byte[] valid, Random random) {
        int templateId = MessageCheck.templateId(new UnsafeBuffer(valid), 0);
        return switch (random.nextInt(WAYS)) {
            case 0 -> {
                byte[] bytes = new byte[random.nextInt(1, 400)];
                random.nextBytes(bytes);
                yield checked(bytes);
            }
            case 1 -> new SpoiltMessage(Arrays.copyOf(valid, random.nextInt(1, valid.length)), RefusalCode.TRUNCATED);
            case 2 ->
                new SpoiltMessage(Arrays.copyOf(valid, valid.length + random.nextInt(1, 50)), RefusalCode.MALFORMED);
            case 3 -> with(valid, SCHEMA_ID_AT, random.nextInt(1, 99), RefusalCode.UNKNOWN_SCHEMA);
            case 4 ->
                with(valid, TEMPLATE_ID_AT, random.nextInt(NO_TEMPLATE_ID, 1 << 16), RefusalCode.UNKNOWN_TEMPLATE);
            case 5 -> with(valid, VERSION_AT, 0, RefusalCode.UNSUPPORTED_VERSION);
            case 6 -> with(valid, BLOCK_LENGTH_AT, blockBytes(valid) + 1, RefusalCode.MALFORMED);
            case 7 -> WITH_GROUP.contains(templateId) ? tooLongGroup(valid, random) : tooLong(valid);
            default -> templateId == RelayConnectDecoder.TEMPLATE_ID ? tooLong(valid) : flipped(valid, random);
        };
    }

    boolean isMalformed() {
        return kind != MessageCheck.OK;
    }

    private static SpoiltMessage checked(byte[] bytes) {
        return new SpoiltMessage(bytes, MessageCheck.check(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    private static SpoiltMessage flipped(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            int bit = random.nextInt(bytes.length * 8);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        return checked(bytes);
    }

    private static SpoiltMessage tooLong(byte[] valid) {
        return new SpoiltMessage(Arrays.copyOf(valid, Limits.MAX_MESSAGE_BYTES + 1), RefusalCode.TOO_LONG);
    }

    private static SpoiltMessage tooLongGroup(byte[] valid, Random random) {
        int countAt = MessageHeaderDecoder.ENCODED_LENGTH + blockBytes(valid) + COUNT_IN_GROUP_AT;
        return with(valid, countAt, random.nextInt(Limits.MAX_GROUP_ENTRIES + 1, 1 << 16), RefusalCode.TOO_LONG);
    }

    private static SpoiltMessage with(byte[] valid, int at, int value, RefusalCode kind) {
        byte[] bytes = valid.clone();
        new UnsafeBuffer(bytes).putShort(at, (short) value, ByteOrder.LITTLE_ENDIAN);
        return new SpoiltMessage(bytes, kind);
    }

    private static int blockBytes(byte[] message) {
        return new UnsafeBuffer(message).getShort(BLOCK_LENGTH_AT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
