package io.kernos.perf;

import java.util.Locale;

/**
 * One figure beside its baseline of the same run, and what their ratio should be.
 *
 * @param name     what was measured.
 * @param figure   what Kernos took or did.
 * @param unit     of figure and baseline.
 * @param against  what the baseline is.
 * @param baseline what the bare machine took or did in the same run.
 * @param limit    bound of the ratio of figure to baseline.
 * @param atMost   true where the ratio must not be above the limit, false where it must not be below.
 */
record Goal(String name, double figure, String unit, String against, double baseline, double limit, boolean atMost) {
    static Goal atMost(double limit, String name, double figure, String unit, String against, double baseline) {
        return new Goal(name, figure, unit, against, baseline, limit, true);
    }

    static Goal atLeast(double limit, String name, double figure, String unit, String against, double baseline) {
        return new Goal(name, figure, unit, against, baseline, limit, false);
    }

    double ratio() {
        return figure / baseline;
    }

    boolean reached() {
        return atMost ? ratio() <= limit : ratio() >= limit;
    }

    /** How far beyond its limit the ratio is; the goal with the least is the one to tell of. */
    double margin() {
        return atMost ? limit / ratio() : ratio() / limit;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%s  %s %s %s, %s %s %s, ratio %s, goal %s %s",
                reached() ? "pass" : "short",
                name,
                Figures.of(figure),
                unit,
                against,
                Figures.of(baseline),
                unit,
                Figures.of(ratio()),
                atMost ? "at most" : "at least",
                Figures.of(limit));
    }
}
