package io.kernos.cli.settings;

import io.kernos.master.node.Threading;
import io.kernos.transport.Endpoint;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.MemberList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that settings have. */
final class ValueTypes {
    /** Written for an amount that is found out where it is needed. */
    static final String AUTO = "auto";

    private static final Pattern BYTES = Pattern.compile("(\\d{1,18})([kmgt]?)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)?");
    private static final Pattern PORTS = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
    private static final String BYTE_UNITS = "kmgt";
    private static final int BYTE_UNIT_BITS = 10;

    private ValueTypes() {}

    /** A count, such as how many there may be. */
    static ValueType<Long> count(long least, long most) {
        return number("N", "", range(least, most), Long::parseLong, value -> value >= least && value <= most);
    }

    /** A count in thousandths, or auto. */
    static ValueType<Long> milliOrAuto(long least, long most, long auto) {
        return orAuto(number("N", "thousandths", range(least, most), Long::parseLong, within(least, most)), auto);
    }

    /** An amount of bytes. */
    static ValueType<Long> bytes(long least, long most) {
        return number("BYTES", "bytes", range(least, most), ValueTypes::parseBytes, within(least, most));
    }

    /** An amount of bytes, or auto. */
    static ValueType<Long> bytesOrAuto(long auto) {
        return orAuto(number("BYTES", "bytes", "0 or more", ValueTypes::parseBytes, within(0, Long.MAX_VALUE)), auto);
    }

    /** An amount of bytes that is a power of two. */
    static ValueType<Long> powerOfTwo(long least, long most) {
        return number(
                "BYTES",
                "bytes",
                "a power of two from " + told(least) + " to " + told(most),
                ValueTypes::parseBytes,
                value -> Long.bitCount(value) == 1 && value >= least && value <= most);
    }

    /** A duration. */
    static ValueType<Long> durationMs(long least, long most) {
        return number("MS", "milliseconds", range(least, most), ValueTypes::parseDurationMs, within(least, most));
    }

    /** A duration without a limit above. */
    static ValueType<Long> durationMs(long least) {
        return number(
                "MS",
                "milliseconds",
                told(least) + " or more",
                ValueTypes::parseDurationMs,
                within(least, Long.MAX_VALUE));
    }

    /** Yes or no. */
    static ValueType<Boolean> yesOrNo() {
        return new ValueType<>("true|false", "", "true or false", ValueTypes::parseBoolean, String::valueOf);
    }

    /** Any text. */
    static ValueType<String> text() {
        return new ValueType<>("TEXT", "", "any text", text -> text, text -> text);
    }

    /** A folder. */
    static ValueType<Path> folder() {
        return new ValueType<>("DIR", "", "a folder", ValueTypes::parseFolder, Path::toString);
    }

    /** A folder, for contexts that take text. */
    static ValueType<String> folderName() {
        return new ValueType<>("DIR", "", "a folder", text -> parseFolder(text).toString(), text -> text);
    }

    /** A host or its address. */
    static ValueType<String> host() {
        return new ValueType<>(
                "HOST",
                "",
                "a host name or an address",
                text -> Endpoint.of("", text + ":1").host(),
                text -> text);
    }

    /** A host and a port. */
    static ValueType<String> endpoint() {
        return new ValueType<>(
                "HOST:PORT", "", "host:port", text -> Endpoint.of("", text).toString(), text -> text);
    }

    /** Hosts and ports. */
    static ValueType<List<String>> endpoints() {
        return new ValueType<>(
                "HOST:PORT,...",
                "",
                "one or more of host:port, separated by commas",
                text -> Arrays.stream(text.split(",", -1))
                        .map(part -> Endpoint.of("", part.strip()).toString())
                        .toList(),
                list -> String.join(",", list));
    }

    /** The masters of a cluster. */
    static ValueType<String> members() {
        return new ValueType<>(
                "HOST:PORT,...",
                "",
                "one to " + MemberList.MAX_MEMBERS + " of host:port, separated by commas; a master takes "
                        + MemberList.PORTS_PER_MEMBER + " ports in a row",
                text -> {
                    MemberList.of("", text);
                    return text;
                },
                text -> text);
    }

    /** A profile of idling. */
    static ValueType<IdleProfile> idleProfile() {
        return new ValueType<>("PROFILE", "", "eco, balanced or spin", IdleProfile::of, IdleProfile::toString);
    }

    /** A way of spreading a master over threads. */
    static ValueType<Threading> threading() {
        return new ValueType<>(
                "WAY",
                "",
                "shared or dedicated",
                text -> Threading.valueOf(text.toUpperCase(Locale.ROOT)),
                Threading::toString);
    }

    /** A range of ports. */
    static ValueType<PortRange> ports() {
        return new ValueType<>(
                "FIRST-LAST",
                "",
                "ports from 1 to 65535, or 0-0 for none",
                ValueTypes::parsePorts,
                PortRange::toString);
    }

    /** Names and values. */
    static ValueType<Map<String, String>> attributes() {
        return new ValueType<>(
                "NAME:VALUE;...",
                "",
                "name:value, separated by semicolons",
                ValueTypes::parseAttributes,
                map -> map.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(";")));
    }

    private static ValueType<Long> number(
            String label, String unit, String range, ToLongFunction<String> parse, LongPredicate allowed) {
        return new ValueType<>(
                label,
                unit,
                range,
                text -> {
                    long value = parse.applyAsLong(text);
                    if (!allowed.test(value)) {
                        throw new IllegalArgumentException("out of range");
                    }
                    return value;
                },
                String::valueOf);
    }

    private static ValueType<Long> orAuto(ValueType<Long> type, long auto) {
        return new ValueType<>(
                type.label(),
                type.unit(),
                AUTO + ", or " + type.range(),
                text -> text.equalsIgnoreCase(AUTO)
                        ? Long.valueOf(auto)
                        : type.parse().apply(text),
                value -> value == auto ? AUTO : type.format().apply(value));
    }

    private static LongPredicate within(long least, long most) {
        return value -> value >= least && value <= most;
    }

    private static String range(long least, long most) {
        return most == Long.MAX_VALUE ? told(least) + " or more" : told(least) + " to " + told(most);
    }

    private static String told(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static long parseBytes(String text) {
        Matcher matcher = matched(BYTES, text);
        int unit = matcher.group(2).isEmpty()
                ? 0
                : BYTE_UNITS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1;
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> (BYTE_UNIT_BITS * unit)) {
            throw new IllegalArgumentException("too much");
        }
        return number << (BYTE_UNIT_BITS * unit);
    }

    private static long parseDurationMs(String text) {
        Matcher matcher = matched(DURATION, text);
        long number = Long.parseLong(matcher.group(1));
        return Math.multiplyExact(
                number,
                switch (matcher.group(2)) {
                    case "s" -> 1_000L;
                    case "m" -> 60_000L;
                    case "h" -> 3_600_000L;
                    case "d" -> 86_400_000L;
                    case null, default -> 1L;
                });
    }

    private static boolean parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither");
        };
    }

    private static Path parseFolder(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        return Path.of(text);
    }

    private static PortRange parsePorts(String text) {
        Matcher matcher = matched(PORTS, text);
        return new PortRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private static Map<String, String> parseAttributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String part : text.isBlank() ? new String[0] : text.split(";", -1)) {
            int colon = part.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("no colon");
            }
            attributes.put(
                    part.substring(0, colon).strip(), part.substring(colon + 1).strip());
        }
        return attributes;
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not as expected");
        }
        return matcher;
    }
}
