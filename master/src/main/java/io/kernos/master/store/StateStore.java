package io.kernos.master.store;

import io.kernos.master.store.StoreException.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a master holds, read from its store's files by any process on its machine, also while the master writes them.
 * Reading never reaches the master. Each read says which position of the log it stands for: everything up to there is
 * seen, and perhaps some of what follows.
 *
 * <p>Opening is cheap; the first read in a process takes about a second, for Chronicle Map's classes. The files' locks
 * are taken for as long as it takes to copy a segment. When the master begins new files, the next read moves to them.
 *
 * <p>May be used by several threads, one after the other. Every read throws {@link StoreException} when the store
 * cannot be read, and {@link IllegalStateException} after {@link #close()}.
 *
 * <pre>{@code
 * try (StateStore store = StateStore.open(Path.of("/var/lib/kernos/master/store"))) {
 *     Reading<AgentView> agents = store.agents();
 *     System.out.println(agents.items().size() + " agents at " + agents.status().logPosition());
 * }
 * }</pre>
 */
public final class StateStore implements AutoCloseable {
    private static final int ATTEMPTS = 8;
    private static final long NEW_FILES_WAIT_MS = 10_000;
    private static final long NEW_FILES_POLL_MS = 10;

    private final Path folder;
    private final StoreMark mark;
    private final RecordAdapter adapter = new RecordAdapter();
    private final byte[] statusBytes = new byte[StoreMark.STATUS_BYTES];
    private final UnsafeBuffer status = new UnsafeBuffer(statusBytes);
    private OpenGeneration generation;
    private boolean closed;

    private StateStore(Path folder, StoreMark mark) {
        this.folder = folder;
        this.mark = mark;
    }

    /**
     * Opens a store.
     *
     * @param folder of the store; the process must be allowed to read and write its files.
     * @return the store, to be closed.
     * @throws StoreException if it is absent, not complete yet, of another version, or may not be read.
     */
    public static StateStore open(Path folder) {
        StateStore store = new StateStore(folder, StoreMark.open(folder));
        try {
            store.served();
            store.requireThisBoot();
        } catch (StoreException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /**
     * What the store stands for now.
     *
     * @return its status.
     */
    public synchronized StatusView status() {
        served();
        return statusView();
    }

    /**
     * All frameworks.
     *
     * @return them, in the order of their ids.
     */
    public Reading<FrameworkView> frameworks() {
        return all(RecordKind.FRAMEWORKS, adapter::framework);
    }

    /**
     * All agents.
     *
     * @return them, in the order of their ids.
     */
    public Reading<AgentView> agents() {
        return all(RecordKind.AGENTS, adapter::agent);
    }

    /**
     * All roles.
     *
     * @return them, in the order in which they came.
     */
    public Reading<RoleView> roles() {
        return all(RecordKind.ROLES, adapter::role);
    }

    /**
     * All templates of tasks.
     *
     * @return them, in the order of their frameworks' ids and their own.
     */
    public Reading<TemplateView> templates() {
        return all(RecordKind.TEMPLATES, adapter::template);
    }

    /**
     * All offers that are out.
     *
     * @return them, in the order of their ids.
     */
    public Reading<OfferView> offers() {
        return all(RecordKind.OFFERS, adapter::offer);
    }

    /**
     * All submits of which tasks wait to be placed.
     *
     * @return them, in the order of their frameworks' ids and their first tasks.
     */
    public Reading<DemandView> demands() {
        return all(RecordKind.DEMANDS, adapter::demand);
    }

    /**
     * All tasks that are placed and not done with.
     *
     * @return them, in the order of their frameworks' ids and their own.
     */
    public Reading<TaskView> tasks() {
        return all(RecordKind.TASKS, (buffer, offset) -> adapter.task(buffer, offset, false));
    }

    /**
     * All tasks that are done with and still remembered.
     *
     * @return them, in the order in which they were done with.
     */
    public Reading<TaskView> history() {
        return all(RecordKind.HISTORY, this::retired);
    }

    /**
     * One task, looked for among those that are live, then in the history.
     *
     * @param frameworkId id of its framework.
     * @param taskId      its id.
     * @return it alone, or nothing.
     */
    public Reading<TaskView> task(long frameworkId, long taskId) {
        RecordKey key = new RecordKey().of(frameworkId, taskId);
        RecordValue value = new RecordValue();
        return read(open -> {
            if (open.map(RecordKind.TASKS).read(key, value)) {
                return List.of(adapter.task(value.buffer(), 0, false));
            }
            return open.map(RecordKind.HISTORY).read(key, value) ? List.of(retired(value.buffer(), 0)) : List.of();
        });
    }

    /**
     * What the projector counted since it started.
     *
     * @param counter which count.
     * @return the count.
     */
    public synchronized long count(StoreCounter counter) {
        requireOpen();
        return mark.count(counter);
    }

    private TaskView retired(DirectBuffer buffer, int offset) {
        return adapter.task(buffer, offset + RecordValue.NUMBER_BYTES, true);
    }

    private <T> Reading<T> all(RecordKind kind, RecordReader<T> reader) {
        return read(open -> {
            RecordBatch batch = new RecordBatch();
            open.map(kind).readAll(batch);
            if (kind == RecordKind.HISTORY) {
                batch.sortByNumber();
            } else {
                batch.sortByKey();
            }
            List<T> items = new ArrayList<>(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                items.add(reader.read(batch.buffer(), batch.offset(i)));
            }
            return List.copyOf(items);
        });
    }

    /** Reads again where the master moved to new files meanwhile. */
    private synchronized <T> Reading<T> read(GenerationReader<T> reader) {
        Exception last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long number = served();
            StatusView at = statusView();
            try {
                List<T> items = reader.read(generation(number));
                if (served() == number) {
                    return new Reading<>(at, items);
                }
            } catch (StoreLockedException locked) {
                last = locked;
                awaitNewFiles(number, locked);
            } catch (AccessDeniedException denied) {
                throw new StoreException(Problem.FORBIDDEN, StoreMark.forbidden(folder), denied);
            } catch (IOException | RuntimeException e) {
                last = e;
                closeGeneration();
                if (served() == number && !(e instanceof NoSuchFileException)) {
                    break;
                }
            }
        }
        throw new StoreException(Problem.DAMAGED, "the state store in " + folder + " cannot be read: " + last, last);
    }

    private OpenGeneration generation(long number) {
        if (generation == null || generation.number() != number) {
            closeGeneration();
            generation = new OpenGeneration(number, StoreFolder.generation(folder, number));
        }
        return generation;
    }

    private void awaitNewFiles(long number, StoreLockedException locked) {
        mark.wantRebuild(number);
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(NEW_FILES_WAIT_MS);
        while (served() == number) {
            if (System.nanoTime() - deadlineNs > 0 || Thread.currentThread().isInterrupted()) {
                throw new StoreException(
                        Problem.LOCKED,
                        "the state store in " + folder + " is locked (" + locked.getMessage()
                                + ") and its master does not begin new files: is the master running?",
                        locked);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(NEW_FILES_POLL_MS));
        }
    }

    /** Number of the generation that is to be read, whose status is now in the buffer. */
    private long served() {
        requireOpen();
        long number = mark.read(statusBytes);
        if (number == 0) {
            boolean alive = Machine.isAlive(mark.writerPid(), mark.writerStartMs());
            throw new StoreException(
                    Problem.NOT_COMPLETE,
                    "the state store in " + folder + " is not complete: "
                            + (alive ? "its master is starting, try again shortly" : "start its master"),
                    null);
        }
        return number;
    }

    /** What was not on the disk when the machine went down is torn, and a torn map must not be opened. */
    private void requireThisBoot() {
        if (!mark.boot().equals(Machine.boot())) {
            throw new StoreException(
                    Problem.NOT_COMPLETE,
                    "the state store in " + folder + " is from before the machine was started: start its master",
                    null);
        }
    }

    private StatusView statusView() {
        return adapter.status(status, Machine.isAlive(mark.writerPid(), mark.writerStartMs()));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the state store in " + folder + " is closed");
        }
    }

    private void closeGeneration() {
        if (generation != null) {
            generation.close();
            generation = null;
        }
    }

    /** Closes the files; harmless if they are closed already. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            closeGeneration();
            mark.close();
        }
    }

    @FunctionalInterface
    private interface RecordReader<T> {
        T read(DirectBuffer buffer, int offset);
    }

    @FunctionalInterface
    private interface GenerationReader<T> {
        List<T> read(OpenGeneration open) throws IOException;
    }
}
