package io.kernos.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Shows how far something is: on a terminal as a bar that moves, elsewhere as a line for each tenth. */
final class ProgressBar {
    private static final int WIDTH = 40;
    private static final long REDRAW_NS = 100_000_000;
    private static final int TENTHS = 10;

    private final PrintWriter out;
    private final boolean isTerminal;
    private final String what;
    private final int total;
    private final long startNs = System.nanoTime();
    private long drawnNs;
    private int lastTenth;

    ProgressBar(PrintWriter out, boolean isTerminal, String what, int total) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.what = what;
        this.total = total;
    }

    /** Whether standard output is a terminal. */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    void show(int done) {
        long nowNs = System.nanoTime();
        int tenth = (int) ((long) done * TENTHS / total);
        boolean isDue = isTerminal ? nowNs - drawnNs >= REDRAW_NS || done == total : tenth > lastTenth;
        if (!isDue) {
            return;
        }
        drawnNs = nowNs;
        lastTenth = tenth;
        double perSecond = done / Math.max(1e-3, (nowNs - startNs) / 1e9);
        String figures = String.format(Locale.ROOT, "%,d of %,d  %,.0f/s", done, total, perSecond);
        if (isTerminal) {
            int filled = (int) ((long) done * WIDTH / total);
            String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
            out.printf("\r%-10s [%s] %s   ", what, bar, figures);
            if (done == total) {
                out.println();
            }
        } else {
            out.printf("%-10s %s%n", what, figures);
        }
        out.flush();
    }
}
