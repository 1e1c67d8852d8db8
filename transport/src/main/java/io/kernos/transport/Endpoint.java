package io.kernos.transport;

/**
 * A host and a port, written {@code host:port} or {@code [address]:port}.
 *
 * @param host name or address; an address of IPv6 is in brackets.
 * @param port 0 where the system picks a free one, else up to 65535.
 */
public record Endpoint(String host, int port) {
    private static final int MAX_PORT = 65_535;
    private static final String REMEDY = "write host:port with a port from 0 to 65535, such as localhost:7710";

    /**
     * Read an endpoint.
     *
     * @param setting its name, for the error.
     * @param text such as {@code localhost:7710}.
     * @return the endpoint.
     * @throws SettingException when it is none.
     */
    public static Endpoint of(String setting, String text) {
        int colon = text == null ? -1 : text.lastIndexOf(':');
        SettingException.check(colon > 0, setting, text, REMEDY);
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        SettingException.check(bracketed || host.indexOf(':') < 0, setting, text, REMEDY);
        SettingException.check(host.chars().noneMatch(c -> c == '|' || c == ',' || c <= ' '), setting, text, REMEDY);
        return new Endpoint(host, port(setting, text, text.substring(colon + 1)));
    }

    private static int port(String setting, String text, String digits) {
        boolean plain =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        SettingException.check(plain, setting, text, REMEDY);
        int port = Integer.parseInt(digits);
        SettingException.check(port <= MAX_PORT, setting, text, REMEDY);
        return port;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
