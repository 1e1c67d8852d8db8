package io.kernos.cli.settings;

/** A catalogue as a table for docs/operations.md. */
final class SettingsTable {
    private SettingsTable() {}

    /** The table in Markdown, with a line end after each row. */
    static <C> String of(Catalogue<C> catalogue) {
        C fresh = catalogue.fresh().get();
        StringBuilder table = new StringBuilder("| setting | default | allowed | what it means |\n|---|---|---|---|\n");
        for (Setting<C> setting : catalogue.settings()) {
            String unit = setting.unit().isEmpty() ? "" : " " + setting.unit();
            table.append("| `").append(catalogue.key(setting)).append("` | ");
            table.append(setting.standard(fresh)).append(" | ");
            table.append(setting.range()).append(unit).append(" | ");
            table.append(setting.meaning()).append(" |\n");
        }
        return table.toString();
    }
}
