package io.kernos.transport;

import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RefusalCode;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The structural check of every message that comes in, before a decoder touches it. What passes can be decoded to its
 * end in the order of the schema without reading beyond its length, and each enumeration in it has a known value.
 * What the values mean is not looked at: that is for whoever acts on them.
 * <p>
 * Messages of older versions must have just the fields of their version. Messages of newer versions may have longer
 * blocks, bits that are not known here, and more at their end; what is not known is skipped.
 * <p>
 * Holds no state, allocates nothing, never throws for input.
 */
public final class MessageCheck {
    /** The answer for a message that is sound. */
    public static final RefusalCode OK = RefusalCode.NULL_VAL;

    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int GROUP_HEADER_BYTES = 4;
    private static final int DATA_HEADER_BYTES = 2;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** What the walk returns instead of a position, negated and less one, when it refuses. */
    private static final int TRUNCATED = -1 - RefusalCode.TRUNCATED.value();

    private static final int MALFORMED = -1 - RefusalCode.MALFORMED.value();
    private static final int TOO_LONG = -1 - RefusalCode.TOO_LONG.value();

    private MessageCheck() {}

    /**
     * Check a message.
     *
     * @param buffer that holds it.
     * @param offset at which its header starts.
     * @param length of it in bytes with its header; the buffer must have them.
     * @return {@link #OK}, or why it is refused.
     */
    public static RefusalCode check(DirectBuffer buffer, int offset, int length) {
        if (length < HEADER_BYTES) {
            return RefusalCode.TRUNCATED;
        }
        if (length > Limits.MAX_MESSAGE_BYTES) {
            return RefusalCode.TOO_LONG;
        }
        if (schemaId(buffer, offset) != MessageHeaderDecoder.SCHEMA_ID) {
            return RefusalCode.UNKNOWN_SCHEMA;
        }
        MessageShape shape = shape(templateId(buffer, offset));
        if (shape == null) {
            return RefusalCode.UNKNOWN_TEMPLATE;
        }
        int version = version(buffer, offset);
        if (version < shape.sinceVersion()) {
            return RefusalCode.UNSUPPORTED_VERSION;
        }
        int end = walk(shape, version, buffer, offset, offset + length);
        if (end < 0) {
            return RefusalCode.get((short) (-1 - end));
        }
        boolean newer = version > MessageHeaderDecoder.SCHEMA_VERSION;
        return end == offset + length || newer ? OK : RefusalCode.MALFORMED;
    }

    /**
     * Template id that a header names. The message must have at least its header.
     *
     * @param buffer that holds the message.
     * @param offset at which its header starts.
     * @return the template id.
     */
    public static int templateId(DirectBuffer buffer, int offset) {
        return uint16(buffer, offset + MessageHeaderDecoder.templateIdEncodingOffset());
    }

    private static int schemaId(DirectBuffer buffer, int offset) {
        return uint16(buffer, offset + MessageHeaderDecoder.schemaIdEncodingOffset());
    }

    private static int version(DirectBuffer buffer, int offset) {
        return uint16(buffer, offset + MessageHeaderDecoder.versionEncodingOffset());
    }

    private static MessageShape shape(int templateId) {
        return templateId < MessageShapes.BY_TEMPLATE.length ? MessageShapes.BY_TEMPLATE[templateId] : null;
    }

    private static int walk(MessageShape shape, int version, DirectBuffer buffer, int offset, int end) {
        int blockBytes = uint16(buffer, offset + MessageHeaderDecoder.blockLengthEncodingOffset());
        int position = block(shape.block(), version, blockBytes, buffer, offset + HEADER_BYTES, end);
        for (MessageShape.Group group : shape.groups()) {
            if (position < 0) {
                return position;
            }
            if (version >= group.sinceVersion()) {
                position = group(group, version, buffer, position, end);
            }
        }
        return data(shape.data(), version, buffer, position, end);
    }

    private static int group(MessageShape.Group group, int version, DirectBuffer buffer, int offset, int end) {
        if (end - offset < GROUP_HEADER_BYTES) {
            return TRUNCATED;
        }
        int blockBytes = uint16(buffer, offset);
        int count = uint16(buffer, offset + 2);
        if (count > Limits.MAX_GROUP_ENTRIES) {
            return TOO_LONG;
        }
        if (!suits(group.block(), version, blockBytes)) {
            return MALFORMED;
        }
        int position = offset + GROUP_HEADER_BYTES;
        for (int i = 0; i < count && position >= 0; i++) {
            position = block(group.block(), version, blockBytes, buffer, position, end);
            position = data(group.data(), version, buffer, position, end);
        }
        return position;
    }

    private static int block(
            MessageShape.Block block, int version, int blockBytes, DirectBuffer buffer, int offset, int end) {
        if (!suits(block, version, blockBytes)) {
            return MALFORMED;
        }
        if (blockBytes > end - offset) {
            return TRUNCATED;
        }
        for (MessageShape.Values values : block.values()) {
            if (version >= values.sinceVersion() && !allows(values, version, buffer, offset + values.offset())) {
                return MALFORMED;
            }
        }
        return offset + blockBytes;
    }

    private static boolean suits(MessageShape.Block block, int version, int blockBytes) {
        int[] lengths = block.lengthByVersion();
        return version <= lengths.length
                ? blockBytes == lengths[version - 1]
                : blockBytes >= lengths[lengths.length - 1];
    }

    private static boolean allows(MessageShape.Values values, int version, DirectBuffer buffer, int offset) {
        int value = values.sizeBytes() == 1 ? buffer.getByte(offset) & 0xFF : uint16(buffer, offset);
        if (values.allowed() != null) {
            return value < values.allowed().length && values.allowed()[value];
        }
        return (value & ~values.mask()) == 0 || version > MessageHeaderDecoder.SCHEMA_VERSION;
    }

    private static int data(MessageShape.Data[] fields, int version, DirectBuffer buffer, int offset, int end) {
        int position = offset;
        for (MessageShape.Data field : fields) {
            if (position < 0) {
                return position;
            }
            if (version >= field.sinceVersion()) {
                position = data(field, buffer, position, end);
            }
        }
        return position;
    }

    private static int data(MessageShape.Data field, DirectBuffer buffer, int offset, int end) {
        if (end - offset < DATA_HEADER_BYTES) {
            return TRUNCATED;
        }
        int bytes = uint16(buffer, offset);
        if (bytes > end - offset - DATA_HEADER_BYTES) {
            return TRUNCATED;
        }
        return bytes > field.maxBytes() ? TOO_LONG : offset + DATA_HEADER_BYTES + bytes;
    }

    private static int uint16(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset, ORDER) & 0xFFFF;
    }
}
