package io.kernos.cli;

import io.kernos.cli.figures.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Shows things of one kind: to people as a table, to programs as JSON, one object a line.
 *
 * @param <T> type of the things.
 */
final class Listing<T> {
    private record Column<T>(String title, boolean isNumber, Function<T, ?> cell) {}

    private final List<Column<T>> columns = new ArrayList<>();
    private final Map<String, Function<T, ?>> fields = new LinkedHashMap<>();

    /** A column of text, for people. */
    Listing<T> column(String title, Function<T, ?> cell) {
        columns.add(new Column<>(title, false, cell));
        return this;
    }

    /** A column of numbers, which are aligned to the right, for people. */
    Listing<T> number(String title, Function<T, ?> cell) {
        columns.add(new Column<>(title, true, cell));
        return this;
    }

    /** A field of each object, for programs. */
    Listing<T> field(String name, Function<T, ?> value) {
        fields.put(name, value);
        return this;
    }

    void print(PrintWriter out, List<T> items, boolean json) {
        if (json) {
            items.forEach(item -> out.println(Json.of(object(item))));
        } else {
            printTable(out, items);
        }
        out.flush();
    }

    private Map<String, Object> object(T item) {
        Map<String, Object> object = new LinkedHashMap<>();
        fields.forEach((name, value) -> object.put(name, value.apply(item)));
        return object;
    }

    private void printTable(PrintWriter out, List<T> items) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::title).toList());
        for (T item : items) {
            rows.add(columns.stream()
                    .map(column -> plain(column.cell().apply(item)))
                    .toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.forEach(row -> out.println(line(row, widths)));
    }

    /** What a task or agent calls itself must not move the cursor of whoever looks. */
    private static String plain(Object cell) {
        return String.valueOf(cell).replaceAll("\\p{Cntrl}", "?");
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            boolean isNumber = columns.get(i).isNumber();
            line.append(i == 0 ? "" : "  ")
                    .append(isNumber ? padding : "")
                    .append(row.get(i))
                    .append(isNumber ? "" : padding);
        }
        return line.toString().stripTrailing();
    }
}
