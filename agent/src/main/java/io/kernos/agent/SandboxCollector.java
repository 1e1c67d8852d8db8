package io.kernos.agent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the sandboxes of tasks that ended, by age and by count, on a thread of its own: removing a large one may
 * take long. Symbolic links are removed, never followed.
 */
final class SandboxCollector implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxCollector.class);

    /**
     * A sandbox that nobody writes to any more.
     *
     * @param path    of it.
     * @param endedMs since when, milliseconds since 1970.
     */
    private record Ended(Path path, long endedMs) {}

    private final Queue<Ended> reported = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Ended> ended = new PriorityQueue<>(Comparator.comparingLong(Ended::endedMs));
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
        for (Ended next = reported.poll(); next != null; next = reported.poll()) {
            ended.add(next);
        }
        while (!ended.isEmpty() && (ended.size() > maxCount || nowMs - ended.peek().endedMs > maxAgeMs)) {
            remove(ended.poll().path);
            counting.add(AgentCounter.SANDBOXES_REMOVED, 1);
        }
        children(sandboxes.trash()).forEach(this::remove);
    }

    /** What an earlier life of the agent left. */
    private void scan(Set<Path> live) {
        for (Path framework : children(sandboxes.root())) {
            if (framework.equals(sandboxes.trash())) {
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

    private void remove(Path sandbox) {
        try {
            Files.walkFileTree(sandbox, new Remover());
            if (!sandbox.getParent().equals(sandboxes.trash())) {
                removeIfEmpty(sandbox.getParent());
            }
        } catch (IOException ex) {
            LOG.warn("cannot remove {}: {}", sandbox, ex.toString());
        }
    }

    /** The folder of a framework; a launch that wants it at the same time makes it again. */
    private static void removeIfEmpty(Path folder) {
        try {
            Files.delete(folder);
        } catch (IOException ex) {
            LOG.trace("{} is in use", folder, ex);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException cause) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
