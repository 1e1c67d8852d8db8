package io.kernos.cli.settings;

/**
 * A range of ports.
 *
 * @param first of them, 0 for none.
 * @param last  of them, inclusive, 0 for none.
 */
record PortRange(int first, int last) {
    private static final int MAX_PORT = 65_535;

    PortRange {
        boolean none = first == 0 && last == 0;
        if (!none && (first < 1 || last < first || last > MAX_PORT)) {
            throw new IllegalArgumentException("no range of ports");
        }
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
