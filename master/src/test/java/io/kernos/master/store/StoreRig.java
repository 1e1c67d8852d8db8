package io.kernos.master.store;

import io.kernos.master.state.StateContext;
import io.kernos.master.state.StateFeed;
import io.kernos.transport.codecs.TaskRecordDecoder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.CachedEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A projector driven by hand, fed by a model of a state machine: it keeps its newest records, knows which changed, and
 * offers them until there is no room.
 */
final class StoreRig implements StoreFeed.Source, AutoCloseable {
    private static final int MAX_CYCLES = 100_000;

    final CachedEpochClock clock = new CachedEpochClock();
    final StoreProjector projector;
    final StoreFeed feed;
    private final Map<Id, Records.Item> live = new LinkedHashMap<>();
    private final Set<Id> dirty = new LinkedHashSet<>();
    private final Deque<Records.Item> retired = new ArrayDeque<>();
    private long position;

    StoreRig(Path folder) {
        this(context(folder));
    }

    StoreRig(StoreContext context) {
        projector = new StoreProjector(context.clock(clock));
        feed = projector.feed();
        projector.onStart();
    }

    static StoreContext context(Path folder) {
        StateContext limits = new StateContext()
                .maxTasks(20_000)
                .maxAgents(1_000)
                .maxFrameworks(1_000)
                .maxDemands(1_000)
                .maxOffers(1_000)
                .maxTemplates(1_000)
                .maxRoles(1_000);
        return new StoreContext().directory(folder).limits(limits).historyCapacity(1_000);
    }

    void put(Records.Item... items) {
        for (Records.Item item : items) {
            Id id = new Id(item.templateId(), item.key1(), item.key2());
            live.put(id, item);
            dirty.add(id);
        }
    }

    void remove(Records.Item item) {
        Id id = new Id(item.templateId(), item.key1(), item.key2());
        live.remove(id);
        dirty.add(id);
    }

    void retire(Records.Item... items) {
        Stream.of(items).forEach(item -> {
            Id id = new Id(item.templateId(), item.key1(), item.key2());
            live.remove(id);
            dirty.remove(id);
            retired.add(item);
        });
    }

    /** A record that no map can take: the projector gives its maps up, and tries again after a second. */
    void breakMaps() {
        int tooLong = RecordValue.MAX_BYTES + 1;
        feed.put(TaskRecordDecoder.TEMPLATE_ID, 1, 1, new UnsafeBuffer(new byte[tooLong]), 0, tooLong);
        run();
    }

    /** The state machine's turn. */
    int project() {
        return feed.project(this, ++position, position * 10, 1, 0, true);
    }

    /** Both turns until nothing is left to do. */
    void run() {
        project();
        for (int cycle = 0; cycle < MAX_CYCLES; cycle++) {
            int work = projector.doWork() + feed.project(this, position, position * 10, 1, 0, true);
            if (work == 0) {
                return;
            }
        }
        throw new AssertionError("no end to the work");
    }

    long position() {
        return position;
    }

    @Override
    public int projectChanges(StateFeed to) {
        int count = 0;
        while (!retired.isEmpty()) {
            Records.Item item = retired.peek();
            if (!to.retire(item.key1(), item.key2(), item.buffer(), 0, item.length())) {
                return count;
            }
            retired.remove();
            count++;
        }
        for (Id id : Set.copyOf(dirty)) {
            Records.Item item = live.get(id);
            boolean taken = item == null
                    ? to.remove(id.templateId(), id.key1(), id.key2())
                    : to.put(id.templateId(), id.key1(), id.key2(), item.buffer(), 0, item.length());
            if (!taken) {
                return count;
            }
            dirty.remove(id);
            count++;
        }
        return count;
    }

    @Override
    public void projectAll() {
        dirty.addAll(live.keySet());
    }

    @Override
    public void close() {
        projector.onClose();
    }

    private record Id(int templateId, long key1, long key2) {}
}
