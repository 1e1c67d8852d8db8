package io.kernos.perf;

import java.util.Locale;

/** Writes numbers with as many digits as a reader can use. */
final class Figures {
    private static final double DIGITS_FROM = 100;

    private Figures() {}

    static String of(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return "?";
        }
        if (value == 0) {
            return "0";
        }
        if (size >= DIGITS_FROM) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 1 ? "%.2f" : "%.3g", value);
    }

    static String ofMicros(long ns) {
        return of(ns / 1_000.0);
    }
}
