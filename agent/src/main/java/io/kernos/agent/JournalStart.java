package io.kernos.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a journal: what an earlier life of the agent left is replayed, cut at the first record that is not whole, and
 * written anew.
 */
final class JournalStart {
    private static final Logger LOG = LoggerFactory.getLogger(JournalStart.class);

    private JournalStart() {}

    /**
     * Replays what is there into a core and begins a new journal.
     *
     * @param journal   that the core writes to.
     * @param folder    that holds the journal.
     * @param core      that knows nothing yet.
     * @param createdMs now, milliseconds since 1970.
     */
    static void open(FileJournal journal, Path folder, AgentCore core, long createdMs) {
        Path path = folder.resolve(FileJournal.FILE);
        try {
            JournalFormat.Scan scan = Files.exists(path) ? replay(path, core) : null;
            core.onReplayed(scan != null && scan.damaged());
            if (scan != null) {
                LOG.info(
                        "journal of {} records: {} tasks, {} of them live",
                        scan.records(),
                        core.taskCount(),
                        core.liveCount());
            }
            journal.rewrite(log -> core.snapshot(log, createdMs));
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot open the journal " + path, ex);
        }
    }

    private static JournalFormat.Scan replay(Path path, AgentCore core) throws IOException {
        byte[] file = Files.readAllBytes(path);
        JournalFormat.Scan scan = JournalFormat.scan(file, core::replay);
        if (scan.damaged()) {
            Path copy = path.resolveSibling(FileJournal.FILE + ".damaged");
            Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
            LOG.error(
                    "the journal {} is damaged at byte {} of {}: going on with the {} records before it; kept as {}",
                    path,
                    scan.validBytes(),
                    file.length,
                    scan.records(),
                    copy);
        } else if (scan.validBytes() < file.length) {
            LOG.warn("the last record of the journal {} was not written whole: left out", path);
        }
        return scan;
    }
}
