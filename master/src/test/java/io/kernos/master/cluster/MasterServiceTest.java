package io.kernos.master.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.driver.MediaDriver;
import io.kernos.transport.DriverFactory;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.TransportContext;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.SubscribeFrameworkEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service between two lives of a member, with a snapshot between them. */
@Timeout(120)
class MasterServiceTest {
    private static final String SNAPSHOT_CHANNEL = "aeron:ipc?term-length=512k";
    private static final int SNAPSHOT_STREAM_ID = 7;
    private static final long FRAMEWORK_ID = 1;

    @TempDir
    private Path folder;

    private MediaDriver driver;
    private Aeron aeron;
    private TestCluster cluster;

    @BeforeEach
    void launch() {
        TransportContext transport =
                new TransportContext().aeronDirectory(folder.resolve("driver").toString());
        driver = DriverFactory.launch(transport.conclude(), IdleProfile.BALANCED, error -> {
            throw new AssertionError(error);
        });
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        cluster = new TestCluster(aeron);
    }

    @AfterEach
    void close() {
        aeron.close();
        driver.close();
    }

    @Test
    void shouldCloseAfterASnapshotWhatWasToBeClosedBeforeIt() {
        MasterService service = started(null);
        open(service, 1);
        subscribe(service, 1, 0);
        open(service, 2);
        subscribe(service, 2, FRAMEWORK_ID);
        assertEquals(List.of(), cluster.closed, "the first session has not taken what it was sent");

        restarted(service);

        assertEquals(List.of(1L), cluster.closed);
    }

    @Test
    void shouldCloseAfterASnapshotWhatWasTurnedAwayBeforeIt() {
        MasterService service = new MasterService(context(1));
        start(service, null);
        open(service, 1);
        open(service, 2);
        cluster.closed.clear();

        restarted(service);

        assertEquals(List.of(2L), cluster.closed);
    }

    @Test
    void shouldSayWhatPositionItsSnapshotStandsFor() {
        MasterService service = started(null);
        assertEquals(MasterService.NO_SNAPSHOT, service.snapshotPosition());

        MasterService next = restarted(service);

        assertEquals(cluster.logPosition(), service.snapshotPosition());
        assertEquals(cluster.logPosition(), next.snapshotPosition());
    }

    private MasterService restarted(MasterService service) {
        try (Subscription subscription = aeron.addSubscription(SNAPSHOT_CHANNEL, SNAPSHOT_STREAM_ID);
                ExclusivePublication publication =
                        aeron.addExclusivePublication(SNAPSHOT_CHANNEL, SNAPSHOT_STREAM_ID)) {
            while (!subscription.isConnected()) {
                Thread.onSpinWait();
            }
            service.onTakeSnapshot(publication);
            return started(subscription.imageAtIndex(0));
        }
    }

    private MasterService started(Image snapshot) {
        MasterService service = new MasterService(context(100));
        start(service, snapshot);
        return service;
    }

    private void start(MasterService service, Image snapshot) {
        service.onStart(cluster, snapshot);
        service.onRoleChange(Cluster.Role.LEADER);
        service.onNewLeadershipTermEvent(1, 0, 1, 0, 0, 1, TimeUnit.MILLISECONDS, 1);
    }

    private static MasterServiceContext context(int maxSessions) {
        MasterServiceContext context = new MasterServiceContext();
        context.state().maxSessions(maxSessions);
        return context.conclude();
    }

    private void open(MasterService service, long sessionId) {
        ClientSession session = cluster.open(sessionId);
        service.onSessionOpen(session, 1);
    }

    private void subscribe(MasterService service, long sessionId, long frameworkId) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SubscribeFrameworkEncoder message =
                new SubscribeFrameworkEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        message.correlationId(sessionId).frameworkId(frameworkId).failoverTimeoutMs(60_000);
        message.flags().clear();
        message.name("test").role("*").user("");
        int length = MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength();
        service.onSessionMessage(cluster.getClientSession(sessionId), 1, buffer, 0, length, null);
    }
}
