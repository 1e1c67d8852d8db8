package io.kernos.cli;

import io.kernos.master.store.DemandView;
import io.kernos.master.store.StateStore;
import io.kernos.master.store.TaskView;
import io.kernos.master.store.TemplateView;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists tasks. */
@Command(
        name = "tasks",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  kernos tasks --state failed,lost --json"},
        sortOptions = false,
        description = "List tasks: those that wait or run, with --all also those that have ended.")
final class TasksCommand implements Callable<Integer> {
    @Option(names = "--framework", paramLabel = "ID", description = "Only tasks of this framework.")
    private Long frameworkId;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            converter = StateName.class,
            description = "Only tasks in these states, such as running or failed,lost; looks among ended ones too.")
    private List<TaskState> states = List.of();

    @Option(names = "--all", description = "Also tasks that have ended, as long as they are remembered.")
    private boolean all;

    @Mixin
    private ListingOptions options;

    private long nowMs;

    /** A task, or those of a submit that wait to be placed. */
    private record Row(
            long frameworkId,
            long firstTaskId,
            int count,
            String name,
            TaskState state,
            long agentId,
            long createdMs,
            TaskView task) {
        String ids() {
            String first = TaskIds.text(frameworkId, firstTaskId);
            return count == 1 ? first : first + "-" + (firstTaskId + count - 1);
        }
    }

    @Override
    public Integer call() {
        return options.list(this::rows, () -> listing(nowMs));
    }

    private List<Row> rows(StateStore store) {
        List<Row> rows = new ArrayList<>();
        if (all || !states.isEmpty()) {
            store.history().items().forEach(task -> rows.add(row(task)));
        }
        store.tasks().items().forEach(task -> rows.add(row(task)));
        addWaiting(store, rows);
        rows.removeIf(row -> frameworkId != null && row.frameworkId() != frameworkId);
        rows.removeIf(row -> !states.isEmpty() && !states.contains(row.state()));
        nowMs = Math.max(System.currentTimeMillis(), store.status().clusterTimeMs());
        return rows;
    }

    private static void addWaiting(StateStore store, List<Row> rows) {
        List<DemandView> demands = store.demands().items();
        if (demands.isEmpty()) {
            return;
        }
        record Key(long frameworkId, int templateId) {}
        Map<Key, String> names = new HashMap<>();
        for (TemplateView template : store.templates().items()) {
            names.put(new Key(template.frameworkId(), template.templateId()), template.name());
        }
        for (DemandView demand : demands) {
            Key template = new Key(demand.frameworkId(), demand.templateId());
            rows.add(row(demand, names.getOrDefault(template, "-")));
        }
    }

    private static Row row(TaskView task) {
        return new Row(
                task.frameworkId(),
                task.taskId(),
                1,
                task.name(),
                task.state(),
                task.agentId(),
                task.createdMs(),
                task);
    }

    private static Row row(DemandView demand, String name) {
        return new Row(
                demand.frameworkId(),
                demand.nextTaskId(),
                demand.waitingCount(),
                name,
                TaskState.PENDING,
                0,
                demand.createdMs(),
                null);
    }

    private static Listing<Row> listing(long nowMs) {
        return new Listing<Row>()
                .column("TASK", Row::ids)
                .column("NAME", Row::name)
                .column("STATE", Row::state)
                .number("AGENT", row -> row.agentId() == 0 ? "-" : row.agentId())
                .number("EXIT", row -> hasExit(row) ? row.task().exitStatus() : "-")
                .number("AGE", row -> Quantities.durationMs(Math.max(0, nowMs - row.createdMs())))
                .number("RAN", row -> ran(row, nowMs))
                .column("REASON", TasksCommand::reason)
                .field("frameworkId", Row::frameworkId)
                .field("taskId", Row::firstTaskId)
                .field("count", Row::count)
                .field("name", Row::name)
                .field("state", Row::state)
                .field("agentId", Row::agentId)
                .field("createdMs", Row::createdMs)
                .field("reason", row -> row.task() == null ? null : row.task().reason())
                .field("message", row -> row.task() == null ? null : row.task().message())
                .field("exitStatus", row -> hasExit(row) ? row.task().exitStatus() : null)
                .field("relayedNs", row -> row.task() == null ? 0 : row.task().relayedNs())
                .field("receivedNs", row -> row.task() == null ? 0 : row.task().receivedNs())
                .field("startedNs", row -> row.task() == null ? 0 : row.task().startedNs())
                .field("endedNs", row -> row.task() == null ? 0 : row.task().endedNs());
    }

    private static boolean isEnded(Row row) {
        return row.task() != null && row.task().endedNs() > 0;
    }

    /** One that never ran has none. */
    private static boolean hasExit(Row row) {
        return isEnded(row) && row.task().startedNs() > 0;
    }

    private static String ran(Row row, long nowMs) {
        if (row.task() == null || row.task().startedNs() == 0) {
            return "-";
        }
        long startedNs = row.task().startedNs();
        return isEnded(row)
                ? Quantities.durationNs(row.task().endedNs() - startedNs)
                : Quantities.durationMs(Math.max(0, nowMs - startedNs / 1_000_000));
    }

    private static String reason(Row row) {
        if (row.task() == null) {
            return "waits for resources";
        }
        return switch (row.task().reason()) {
            case NONE, COMMAND_EXITED -> row.task().message();
            default ->
                row.task().message().isEmpty()
                        ? row.task().reason().toString()
                        : row.task().reason() + ": " + row.task().message();
        };
    }
}
