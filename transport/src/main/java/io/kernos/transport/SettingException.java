package io.kernos.transport;

/**
 * A setting is wrong. The message names the setting, its value, and the remedy.
 */
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A wrong setting.
     *
     * @param setting its name.
     * @param value it has.
     * @param remedy what to do about it.
     */
    public SettingException(String setting, Object value, String remedy) {
        super(setting + "=" + value + ": " + remedy);
    }

    /**
     * Check a setting.
     *
     * @param condition that must hold.
     * @param setting its name.
     * @param value it has.
     * @param remedy what to do when the condition does not hold.
     * @throws SettingException when the condition does not hold.
     */
    public static void check(boolean condition, String setting, Object value, String remedy) {
        if (!condition) {
            throw new SettingException(setting, value, remedy);
        }
    }

    /**
     * Check a setting that is a number.
     *
     * @param setting its name.
     * @param value   it has.
     * @param least   that it may have.
     * @param most    that it may have.
     * @throws SettingException when it is out of these bounds.
     */
    public static void checkRange(String setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw new SettingException(setting, value, "must be from " + least + " to " + most);
        }
    }
}
