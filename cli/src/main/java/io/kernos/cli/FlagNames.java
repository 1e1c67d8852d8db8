package io.kernos.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** Says what is wrong with a setting by the flag that a person has given, not by the setting's name inside. */
final class FlagNames {
    /** A setting as its error names it: a name, its value, and the remedy. */
    private static final Pattern SETTING = Pattern.compile("([a-z]\\w*)=(.*)", Pattern.DOTALL);

    private static final Map<String, String> FLAGS = Map.of(
            "cpusMilli", "--cpus",
            "memoryBytes", "--mem",
            "diskBytes", "--disk",
            "portCount", "--ports",
            "killGraceMs", "--grace",
            "environment", "--env",
            "frameworkName", "--name",
            "workDirectory", "--home",
            "ingressEndpoints", "--masters",
            "aeronDirectory", "--aeron-dir");

    private FlagNames() {}

    /**
     * The error in a command's words.
     *
     * @param command that was given.
     * @param message of the error.
     * @return the message with the flag where the command has one for the setting; else as it is.
     */
    static String inWordsOf(CommandSpec command, String message) {
        Matcher matcher = SETTING.matcher(message);
        if (!matcher.matches()) {
            return message;
        }
        String name = matcher.group(1);
        String kebab = "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        if (command.findOption(kebab) != null) {
            return kebab + "=" + matcher.group(2);
        }
        String flag = FLAGS.get(name);
        return flag != null && command.findOption(flag) != null ? flag + "=" + matcher.group(2) : message;
    }
}
