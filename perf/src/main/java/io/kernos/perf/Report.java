package io.kernos.perf;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a benchmark found: tables, then goals; the goal that is furthest from its limit decides the last line. */
final class Report {
    private final String benchmark;
    private final List<Table> tables = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();

    Report(String benchmark) {
        this.benchmark = benchmark;
    }

    Table table(String... columns) {
        Table table = new Table(List.of(columns));
        tables.add(table);
        return table;
    }

    void note(String note) {
        notes.add(note);
    }

    void goal(Goal goal) {
        goals.add(goal);
    }

    boolean passed() {
        return goals.stream().allMatch(Goal::reached);
    }

    private Goal worst() {
        return goals.stream().min(Comparator.comparingDouble(Goal::margin)).orElseThrow();
    }

    void print(PrintWriter out) {
        for (Table table : tables) {
            table.print(out);
            out.println();
        }
        notes.forEach(out::println);
        Goal last = worst();
        goals.stream().filter(goal -> !goal.equals(last)).forEach(goal -> out.println("  " + goal.line()));
        out.println(last.line());
        out.flush();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", benchmark);
        json.put("tables", tables.stream().map(Table::json).toList());
        json.put("notes", notes);
        json.put("goals", goals.stream().map(Report::json).toList());
        json.put("verdict", passed() ? "pass" : "short");
        return json;
    }

    private static Map<String, Object> json(Goal goal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", goal.name());
        json.put("figure", goal.figure());
        json.put("unit", goal.unit());
        json.put("against", goal.against());
        json.put("baseline", goal.baseline());
        json.put("ratio", goal.ratio());
        json.put(goal.atMost() ? "atMost" : "atLeast", goal.limit());
        json.put("verdict", goal.reached() ? "pass" : "short");
        return json;
    }
}
