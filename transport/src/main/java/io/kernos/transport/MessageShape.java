package io.kernos.transport;

/**
 * What the schema says of one message, as far as its structure goes: what {@link MessageCheck} walks.
 *
 * @param sinceVersion first version of the schema that has the message.
 * @param block its fixed fields.
 * @param groups its repeating groups in their order.
 * @param data its variable-length fields in their order.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; arrays are walked without an iterator.
record MessageShape(int sinceVersion, Block block, Group[] groups, Data[] data) {

    /**
     * A block of fixed fields.
     *
     * @param lengthByVersion its length in bytes in each version, from version 1 at index 0.
     * @param values the fields that not every value suits.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Block(int[] lengthByVersion, Values[] values) {}

    /**
     * A field of one or two bytes that holds an enumeration or a set.
     *
     * @param offset in its block.
     * @param sinceVersion first version that has it.
     * @param sizeBytes one or two.
     * @param allowed for an enumeration, whether each value is one of it; null for a set.
     * @param mask for a set, the bits that this version knows.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Values(int offset, int sinceVersion, int sizeBytes, boolean[] allowed, int mask) {}

    /**
     * A repeating group; groups are not nested.
     *
     * @param sinceVersion first version that has it.
     * @param block the fixed fields of each entry.
     * @param data the variable-length fields of each entry.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Group(int sinceVersion, Block block, Data[] data) {}

    /**
     * A variable-length field.
     *
     * @param sinceVersion first version that has it.
     * @param maxBytes its longest length.
     */
    record Data(int sinceVersion, int maxBytes) {}
}
