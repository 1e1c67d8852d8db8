package io.kernos.cli.settings;

import java.util.function.Function;

/**
 * How the values of a setting are written, read and told.
 *
 * @param <T>   Java type of the values.
 * @param label short word for a value, as in {@code --flag=LABEL}.
 * @param unit  unit of the values, empty where there is none.
 * @param range which values are allowed, in words that complete "use".
 * @param parse reads a value; throws {@link IllegalArgumentException} for one that is not allowed.
 * @param format writes a value so that it can be read again.
 */
record ValueType<T>(String label, String unit, String range, Function<String, T> parse, Function<T, String> format) {}
