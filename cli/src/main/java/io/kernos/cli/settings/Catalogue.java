package io.kernos.cli.settings;

import java.util.List;
import java.util.function.Supplier;

/**
 * All settings of one kind of process.
 *
 * @param <C>      type of the settings that the process is started with.
 * @param process  its name, which precedes the names of its settings in a file.
 * @param fresh    makes a context that nothing is set in.
 * @param settings all of them, in the order in which they are told.
 */
public record Catalogue<C>(String process, Supplier<C> fresh, List<Setting<C>> settings) {
    /** The settings cannot be changed. */
    public Catalogue {
        settings = List.copyOf(settings);
    }

    /**
     * Name of a setting in a file.
     *
     * @param setting of this process.
     * @return such as {@code master.memberId}.
     */
    public String key(Setting<C> setting) {
        return process + "." + setting.name();
    }
}
