package io.kernos.cli;

import io.kernos.transport.SettingException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Amounts as people write and read them. */
final class Quantities {
    private static final Pattern CPUS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3}))?");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})([kmgt]?)(?:i?b)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String BYTE_UNITS = "kmgt";
    private static final int SHIFT = 10;
    private static final long LEAST_MEMORY_BYTES = 1L << 20;

    private Quantities() {}

    /** Reads processors, such as {@code 0.5}, as thousandths. */
    static final class Cpus implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            Matcher matcher = CPUS.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no number of processors: write it as 2 or 0.5, thousandths at the finest");
            }
            String thousandths = matcher.group(2) == null ? "" : matcher.group(2);
            return Long.parseLong(matcher.group(1)) * 1_000 + Long.parseLong((thousandths + "000").substring(0, 3));
        }
    }

    /** Reads an amount of memory or disk, such as {@code 64m}, as bytes. */
    static final class Bytes implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            Matcher matcher = BYTES.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no amount of bytes: write it as 1000000, 64m or 2g");
            }
            int unit = matcher.group(2).isEmpty()
                    ? 0
                    : BYTE_UNITS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1;
            long number = Long.parseLong(matcher.group(1));
            if (number > Long.MAX_VALUE >> (SHIFT * unit)) {
                throw new TypeConversionException("'" + text + "' is more than any machine has");
            }
            return number << (SHIFT * unit);
        }
    }

    /** Reads a duration, such as {@code 30s}, as milliseconds; without a unit they are seconds. */
    static final class DurationMs implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no duration: write it as 500ms, 30s, 5m, 2h or 1d");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> number;
                case "m" -> number * 60_000;
                case "h" -> number * 3_600_000;
                case "d" -> number * 86_400_000;
                case null, default -> number * 1_000;
            };
        }
    }

    /**
     * Refuses an amount of memory in which nothing runs: mostly one whose unit was forgotten.
     *
     * @param flag  that gave it.
     * @param bytes of it.
     * @throws SettingException when it is too small.
     */
    static void requireUsable(String flag, long bytes) {
        if (bytes < LEAST_MEMORY_BYTES) {
            throw new SettingException(
                    flag,
                    bytes(bytes),
                    "is too little to run anything: a bare number is bytes; write 64m, at least 1m");
        }
    }

    /** Thousandths of a processor for people. */
    static String cpus(long milli) {
        return milli % 1_000 == 0
                ? Long.toString(milli / 1_000)
                : String.format(Locale.ROOT, "%.3f", milli / 1_000.0).replaceAll("0+$", "");
    }

    /** Bytes for people. */
    static String bytes(long bytes) {
        long value = bytes;
        int unit = 0;
        while (value >= 1L << (2 * SHIFT) || (value >= 1L << SHIFT && value % (1L << SHIFT) == 0)) {
            value >>= SHIFT;
            unit++;
        }
        if (value >= 1L << SHIFT && unit < BYTE_UNITS.length()) {
            return String.format(Locale.ROOT, "%.1f%c", value / 1024.0, BYTE_UNITS.charAt(unit));
        }
        return unit == 0 ? Long.toString(value) : value + String.valueOf(BYTE_UNITS.charAt(unit - 1));
    }

    /** A moment for people, in this machine's time zone. */
    static String time(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs).atZone(ZoneId.systemDefault()));
    }

    /** A duration for people. */
    static String durationMs(long ms) {
        if (ms < 1_000) {
            return ms + "ms";
        }
        long seconds = ms / 1_000;
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1fs", ms / 1_000.0);
        }
        if (seconds < 3_600) {
            return seconds / 60 + "m" + seconds % 60 + "s";
        }
        return seconds < 86_400
                ? seconds / 3_600 + "h" + seconds % 3_600 / 60 + "m"
                : seconds / 86_400 + "d" + seconds % 86_400 / 3_600 + "h";
    }

    /** A duration for people. */
    static String durationNs(long ns) {
        if (ns < 1_000) {
            return ns + "ns";
        }
        if (ns < 1_000_000) {
            return String.format(Locale.ROOT, "%.0fus", ns / 1e3);
        }
        return ns < 1_000_000_000L
                ? String.format(Locale.ROOT, "%.2fms", ns / 1e6)
                : String.format(Locale.ROOT, "%.2fs", ns / 1e9);
    }
}
