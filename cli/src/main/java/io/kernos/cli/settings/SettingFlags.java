package io.kernos.cli.settings;

import io.kernos.transport.SettingException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Puts a catalogue's settings on the command line of a process.
 *
 * @param <C> type of the settings that the process is started with.
 */
public final class SettingFlags<C> {
    private static final String FILE_FLAG = "--settings";

    private final Catalogue<C> catalogue;
    private final CommandSpec command;

    private SettingFlags(Catalogue<C> catalogue, CommandSpec command) {
        this.catalogue = catalogue;
        this.command = command;
    }

    /**
     * Adds a flag for the settings file and one for each setting.
     *
     * @param <C>       type of the settings.
     * @param catalogue of the process.
     * @param command   to add them to.
     * @return what reads them once the command line was parsed.
     */
    public static <C> SettingFlags<C> add(Catalogue<C> catalogue, CommandSpec command) {
        C fresh = catalogue.fresh().get();
        command.addOption(OptionSpec.builder(FILE_FLAG)
                .paramLabel("FILE")
                .type(Path.class)
                .description(
                        "Settings file, whose names begin with '" + catalogue.process() + ".'; flags go before it.")
                .build());
        for (Setting<C> setting : catalogue.settings()) {
            command.addOption(OptionSpec.builder(setting.flag())
                    .paramLabel(setting.label())
                    .type(String.class)
                    .description(describe(setting, fresh).replace("%", "%%"))
                    .build());
        }
        return new SettingFlags<>(catalogue, command);
    }

    private static <C> String describe(Setting<C> setting, C fresh) {
        String unit = setting.unit().isEmpty() ? "" : " " + setting.unit();
        return setting.meaning() + "; " + setting.range() + unit + " (default: " + setting.standard(fresh) + ").";
    }

    /**
     * The settings that the command line and the file it names have.
     *
     * @return a context, not concluded.
     * @throws SettingException when a setting is wrong.
     */
    public C read() {
        C context = catalogue.fresh().get();
        Path file = command.findOption(FILE_FLAG).getValue();
        if (file != null) {
            SettingsFile.read(file).apply(catalogue, context);
        }
        for (Setting<C> setting : catalogue.settings()) {
            String value = command.findOption(setting.flag()).getValue();
            if (value != null) {
                setting.apply(context, setting.flag(), value);
            }
        }
        return context;
    }
}
