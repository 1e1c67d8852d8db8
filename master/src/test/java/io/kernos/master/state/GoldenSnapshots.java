package io.kernos.master.state;

import io.kernos.transport.codecs.SnapshotBeginEncoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Snapshots that are kept in files for ever, one for each version of the schema: each record behind its length. */
final class GoldenSnapshots {
    static final int PRESENT_VERSION = SnapshotBeginEncoder.SCHEMA_VERSION;

    private static final String FOLDER = "golden";
    private static final long GIB = TestFramework.GIB;

    private GoldenSnapshots() {}

    static String name(int schemaVersion) {
        return "snapshot-schema-" + schemaVersion + ".bin";
    }

    static List<byte[]> read(int schemaVersion) throws IOException {
        String resource = "/" + FOLDER + "/" + name(schemaVersion);
        try (InputStream in = GoldenSnapshots.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("there is no " + resource + ": docs/master.md tells how to write it");
            }
            byte[] bytes = in.readAllBytes();
            DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
            List<byte[]> records = new ArrayList<>();
            while (data.available() > 0) {
                records.add(data.readNBytes(data.readInt()));
            }
            return records;
        }
    }

    /** Writes that of the present version, where there is none yet; returns its file. */
    static Path write(Path resources) throws IOException {
        Path file = Files.createDirectories(resources.resolve(FOLDER)).resolve(name(PRESENT_VERSION));
        if (Files.exists(file)) {
            throw new IOException(file + " is there already, and what is released never changes: raise the version");
        }
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (byte[] each : scenario().snapshot()) {
                out.writeInt(each.length);
                out.write(each);
            }
        }
        return file;
    }

    /** A master that has something of each kind of record. */
    private static TestMaster scenario() {
        TestMaster master = new TestMaster();
        TestRelay relay = new TestRelay(master, 7);
        TestFramework chooser = TestFramework.withOffers(master);
        TestFramework submitter = TestFramework.submitting(master);
        TestFramework.detached(master);
        TestFramework gone = TestFramework.submitting(master);
        master.close(gone.session);
        TestAgent full = agent(relay, 501, 4_000);
        full.register();
        chooser.accept(chooser.last(Inbox.Offered.class).offerId(), chooser.template(1_000, GIB, 1), 1, 2);
        chooser.decline(chooser.last(Inbox.Offered.class).offerId(), 60_000);
        full.status(chooser.id, 1, TaskState.RUNNING);
        full.status(chooser.id, 2, TaskState.FAILED, TaskReason.NONE, "exit status 3");
        chooser.kill(1, 1);
        submitter.submit(10, 100, submitter.template(500, GIB, 0));
        TestAgent lost = agent(relay, 502, 1_000);
        lost.register();
        chooser.decline(chooser.last(Inbox.Offered.class).offerId(), 60_000);
        lost.disconnect();
        TestAgent coming = agent(relay, 503, 8_000);
        coming.begin();
        coming.list(false, TestAgent.task(99, 9, TaskState.RUNNING));
        agent(relay, 504, 100).register();
        return master;
    }

    private static TestAgent agent(TestRelay relay, long instanceId, long cpusMilli) {
        TestAgent agent = new TestAgent(relay, cpusMilli, 8 * GIB);
        agent.instanceId = instanceId;
        return agent;
    }
}
