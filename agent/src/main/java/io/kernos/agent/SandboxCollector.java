package io.kernos.agent;

import io.kernos.linux.LinuxException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Removes the sandboxes of tasks that ended, by age and by count, on a thread of its own: removing a large one may
 * take long. They go to the trash first, from where they are removed as what hostile tasks may still be at work in.
 * What cannot be removed stays in the trash and is tried again, after a pause that doubles.
 */
final class SandboxCollector implements Runnable {
    /** First pause until what could not be removed is tried again. */
    static final long MIN_RETRY_MS = 10_000;

    /** Longest pause until what could not be removed is tried again. */
    static final long MAX_RETRY_MS = 3_600_000;

    private static final Logger LOG = LoggerFactory.getLogger(SandboxCollector.class);

    /** What the agent's thread tells. */
    private sealed interface Event {}

    /**
     * A sandbox that nobody writes to any more.
     *
     * @param path    of it.
     * @param endedMs since when, milliseconds since 1970.
     */
    private record Ended(Path path, long endedMs) implements Event {}

    /**
     * A sandbox of an earlier task gave way to that of a new one, which has the same path.
     *
     * @param path of both.
     */
    private record Replaced(Path path) implements Event {}

    /**
     * What could not be done, and is tried again.
     *
     * @param dueMs   when, milliseconds since 1970.
     * @param delayMs pause before that, milliseconds.
     */
    private record Retry(long dueMs, long delayMs) {}

    private final Queue<Event> reported = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Ended> ended = new PriorityQueue<>(Comparator.comparingLong(Ended::endedMs));
    private final Set<Path> replaced = new HashSet<>();
    private final Map<Path, Retry> notDiscarded = new HashMap<>();
    private final Map<String, Retry> notRemoved = new HashMap<>();
    private final Sandboxes sandboxes;
    private final Counting counting;
    private final long maxAgeMs;
    private final int maxCount;

    /**
     * A collector that removes nothing before it is run. It looks now for what an earlier life of the agent left,
     * before any new task can have a sandbox.
     *
     * @param sandboxes of the agent.
     * @param live      sandboxes of tasks that did not end, at this moment.
     * @param counting  takes what is counted; from the collector's thread.
     * @param maxAgeMs  how long a sandbox is kept.
     * @param maxCount  how many are kept.
     */
    SandboxCollector(Sandboxes sandboxes, Set<Path> live, Counting counting, long maxAgeMs, int maxCount) {
        this.sandboxes = sandboxes;
        this.counting = counting;
        this.maxAgeMs = maxAgeMs;
        this.maxCount = maxCount;
        scan(live);
        sandboxes.onReplaced(path -> reported.add(new Replaced(path)));
    }

    /**
     * A task ended. Thread safe.
     *
     * @param sandbox of it.
     * @param endedMs when, milliseconds since 1970.
     */
    void onEnded(Path sandbox, long endedMs) {
        reported.add(new Ended(sandbox, endedMs));
    }

    /** One round, now. */
    @Override
    public void run() {
        collect(System.currentTimeMillis());
    }

    void collect(long nowMs) {
        replaced.clear();
        takeReported();
        List.copyOf(notDiscarded.keySet()).forEach(path -> discard(path, nowMs));
        while (!ended.isEmpty() && (ended.size() > maxCount || nowMs - ended.peek().endedMs > maxAgeMs)) {
            discard(ended.poll().path, nowMs);
        }
        sandboxes.trash().names().forEach(name -> remove(name, nowMs));
    }

    private void takeReported() {
        for (Event next = reported.poll(); next != null; next = reported.poll()) {
            switch (next) {
                case Ended event -> {
                    replaced.remove(event.path);
                    ended.add(event);
                }
                case Replaced(Path path) -> {
                    replaced.add(path);
                    ended.removeIf(waiting -> waiting.path.equals(path));
                    notDiscarded.remove(path);
                }
            }
        }
    }

    /** Asked while no sandbox can be made: the one that has the path now may be a living task's. */
    private boolean isReplaced(Path path) {
        takeReported();
        return replaced.contains(path);
    }

    /** What an earlier life of the agent left. */
    private void scan(Set<Path> live) {
        for (Path framework : children(sandboxes.root())) {
            if (framework.endsWith(Sandboxes.TRASH)) {
                continue;
            }
            for (Path sandbox : children(framework)) {
                if (!live.contains(sandbox)) {
                    ended.add(new Ended(sandbox, lastModifiedMs(sandbox)));
                }
            }
        }
    }

    private static long lastModifiedMs(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException ex) {
            return 0;
        }
    }

    private static List<Path> children(Path folder) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (IOException ex) {
            LOG.debug("cannot list {}", folder, ex);
        }
        return children;
    }

    private void discard(Path sandbox, long nowMs) {
        attempt(notDiscarded, sandbox, nowMs, path -> sandboxes.discard(path, () -> !isReplaced(path)));
    }

    private void remove(String name, long nowMs) {
        attempt(notRemoved, name, nowMs, waiting -> {
            sandboxes.trash().remove(waiting);
            counting.add(AgentCounter.SANDBOXES_REMOVED, 1);
        });
    }

    private <T> void attempt(Map<T, Retry> failed, T what, long nowMs, Consumer<T> action) {
        Retry retry = failed.get(what);
        if (retry != null && nowMs < retry.dueMs) {
            return;
        }
        try {
            action.accept(what);
            failed.remove(what);
        } catch (LinuxException ex) {
            long delayMs = retry == null ? MIN_RETRY_MS : Math.min(2 * retry.delayMs, MAX_RETRY_MS);
            failed.put(what, new Retry(nowMs + delayMs, delayMs));
            counting.add(AgentCounter.SANDBOX_REMOVALS_FAILED, 1);
            tell(what, retry == null, ex, delayMs);
        }
    }

    private static void tell(Object what, boolean first, LinuxException reason, long delayMs) {
        LOG.atLevel(first ? Level.WARN : Level.DEBUG)
                .log("cannot remove sandbox {}: {}; trying again in {} ms", what, reason.getMessage(), delayMs);
    }
}
