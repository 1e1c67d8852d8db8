package io.kernos.allocator;

import java.util.Objects;

/**
 * Something that an agent says of itself.
 *
 * @param name  never null; an agent may say several things under one name, of which constraints see the first.
 * @param type  how the value is meant; constraints on text hold for every value that is not text.
 * @param value as text, never null.
 */
public record Attribute(String name, Type type, String value) {
    /** How the value of an attribute is meant. */
    public enum Type {
        /** Some text. */
        TEXT,
        /** A number. */
        SCALAR,
        /** Intervals of numbers. */
        RANGES,
        /** A set of texts. */
        SET
    }

    /** Refuses what is missing. */
    public Attribute {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(value, "value");
    }

    /**
     * An attribute that is text.
     *
     * @param name  its name.
     * @param value its value.
     * @return the attribute.
     */
    public static Attribute text(String name, String value) {
        return new Attribute(name, Type.TEXT, value);
    }
}
