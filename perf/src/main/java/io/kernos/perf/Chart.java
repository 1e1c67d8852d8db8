package io.kernos.perf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws figures as lines, both axes logarithmic. */
final class Chart {
    private static final int WIDTH_PIXELS = 900;
    private static final int HEIGHT_PIXELS = 540;

    private Chart() {}

    /**
     * Draws into a file.
     *
     * @param file    a PNG, replaced if it is there.
     * @param title   above the lines.
     * @param across  what is from left to right.
     * @param upwards what is from bottom to top.
     * @param x       from left to right, above 0.
     * @param lines   by name, of each as many figures as there are of x, above 0.
     * @throws IOException where the file cannot be written.
     */
    static void draw(Path file, String title, String across, String upwards, int[] x, Map<String, double[]> lines)
            throws IOException {
        System.setProperty("java.awt.headless", "true");
        XYChart chart = new XYChartBuilder()
                .width(WIDTH_PIXELS)
                .height(HEIGHT_PIXELS)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(upwards)
                .build();
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setLegendPosition(LegendPosition.OutsideE);
        double[] positions = Arrays.stream(x).asDoubleStream().toArray();
        lines.forEach((name, figures) -> chart.addSeries(name, positions, figures));
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }
}
