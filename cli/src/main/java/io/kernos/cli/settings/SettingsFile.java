package io.kernos.cli.settings;

import io.kernos.transport.SettingException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A settings file: names and values, all of whose names are known. */
public final class SettingsFile {
    private final Path path;
    private final Map<String, String> values;

    private SettingsFile(Path path, Map<String, String> values) {
        this.path = path;
        this.values = values;
    }

    /**
     * Reads a file. It may hold the settings of several processes.
     *
     * @param path of it.
     * @return the settings.
     * @throws SettingException when it cannot be read, or has a name that no process knows.
     */
    public static SettingsFile read(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new SettingException("--settings", path, "cannot be read (" + e + "): name a file that can");
        } catch (IllegalArgumentException e) {
            throw new SettingException("--settings", path, "is not as java.util.Properties has it: " + e.getMessage());
        }
        Map<String, String> values = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (Catalogues.keys().noneMatch(key::equals)) {
                throw new SettingException(key, properties.getProperty(key), unknown(path, key));
            }
            values.put(key, properties.getProperty(key));
        }
        return new SettingsFile(path, values);
    }

    /**
     * Sets in a context what the file has for its process.
     *
     * @param <C>       type of the context.
     * @param catalogue of the process.
     * @param context   to set it in.
     * @throws SettingException when a value is not allowed.
     */
    public <C> void apply(Catalogue<C> catalogue, C context) {
        for (Setting<C> setting : catalogue.settings()) {
            String value = values.get(catalogue.key(setting));
            if (value != null) {
                setting.apply(context, path + ": " + catalogue.key(setting), value);
            }
        }
    }

    private static String unknown(Path path, String key) {
        String nearest = Catalogues.keys()
                .min(Comparator.comparingInt(known -> distance(known, key)))
                .orElseThrow();
        return "there is no such setting (in " + path + "); is it " + nearest + " that is meant?";
    }

    /** How many characters must be put in, taken out or changed to make one of the other. */
    static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
