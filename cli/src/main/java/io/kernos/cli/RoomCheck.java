package io.kernos.cli;

import io.kernos.master.store.AgentView;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns whoever asks for more than any agent has, while the task is on its way: the first read takes a while. */
final class RoomCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RoomCheck.class);
    private static final long PATIENCE_S = 20;

    private final CompletableFuture<String> complaint;

    private RoomCheck(CompletableFuture<String> complaint) {
        this.complaint = complaint;
    }

    /**
     * Looks at the agents.
     *
     * @param agents that there are, once they are read.
     * @param asked what a task asks for.
     * @param err   where to warn.
     * @return the check, which goes on by itself.
     */
    static RoomCheck start(CompletableFuture<List<AgentView>> agents, Room asked, PrintWriter err) {
        return new RoomCheck(agents.thenApply(all -> {
            String complaint = asked.complaint(all);
            if (complaint != null) {
                err.println("kernos: " + complaint);
            }
            return complaint;
        }));
    }

    /** One that never warns, where there is no state store to look in. */
    static RoomCheck none() {
        return new RoomCheck(CompletableFuture.completedFuture(null));
    }

    /** The warning, waited for a little; null where there is none. What goes wrong is no reason to fail. */
    String await() {
        try {
            return complaint.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException ex) {
            LOG.debug("the agents were not looked at", ex);
            return null;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
