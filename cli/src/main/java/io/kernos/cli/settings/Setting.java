package io.kernos.cli.settings;

import io.kernos.transport.SettingException;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One setting of a process.
 *
 * @param <C> type of the settings that the process is started with, and from which the default is read.
 */
public final class Setting<C> {
    private final String name;
    private final String meaning;
    private final Value<C, ?> value;
    private final String standard;

    private Setting(String name, String meaning, Value<C, ?> value, String standard) {
        this.name = name;
        this.meaning = meaning;
        this.value = value;
        this.standard = standard;
    }

    /**
     * A setting whose default is what a fresh context has.
     *
     * @param name    as in a settings file, without the process.
     * @param type    of its values.
     * @param read    from the context.
     * @param apply   to the context.
     * @param meaning one sentence without a full stop.
     */
    static <C, T> Setting<C> of(
            String name, ValueType<T> type, Function<C, T> read, BiConsumer<C, T> apply, String meaning) {
        return new Setting<>(name, meaning, new Value<>(type, read, apply), null);
    }

    /** The same, with words for a default that is not a value of the type. */
    static <C, T> Setting<C> of(
            String name,
            ValueType<T> type,
            Function<C, T> read,
            BiConsumer<C, T> apply,
            String meaning,
            String standard) {
        return new Setting<>(name, meaning, new Value<>(type, read, apply), standard);
    }

    /**
     * Its name as in a settings file, without the process.
     *
     * @return such as {@code memberId}.
     */
    public String name() {
        return name;
    }

    /**
     * Its flag on the command line.
     *
     * @return such as {@code --member-id}.
     */
    public String flag() {
        return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /**
     * What it means.
     *
     * @return one sentence without a full stop.
     */
    public String meaning() {
        return meaning;
    }

    /**
     * A word for its values.
     *
     * @return such as {@code BYTES}.
     */
    public String label() {
        return value.type.label();
    }

    /**
     * The unit of its values.
     *
     * @return empty where there is none.
     */
    public String unit() {
        return value.type.unit();
    }

    /**
     * Which values are allowed.
     *
     * @return in words.
     */
    public String range() {
        return value.type.range();
    }

    /**
     * Its default.
     *
     * @param fresh a context that nothing was set in.
     * @return the value, or words where it is found out.
     */
    public String standard(C fresh) {
        return standard == null ? value.format(fresh) : standard;
    }

    /**
     * Sets it.
     *
     * @param context to set it in.
     * @param shown   what the user called it, for the error.
     * @param text    its value.
     * @throws SettingException when the value is not allowed, which names the setting, the value and the remedy.
     */
    void apply(C context, String shown, String text) {
        value.apply(context, shown, text.strip());
    }

    private record Value<C, T>(ValueType<T> type, Function<C, T> read, BiConsumer<C, T> apply) {
        String format(C fresh) {
            return type.format().apply(read.apply(fresh));
        }

        void apply(C context, String shown, String text) {
            T parsed;
            try {
                parsed = type.parse().apply(text);
            } catch (IllegalArgumentException | ArithmeticException | SettingException e) {
                String unit = type.unit().isEmpty() ? "" : " " + type.unit();
                throw new SettingException(shown, text, "use " + type.range() + unit);
            }
            apply.accept(context, parsed);
        }
    }
}
