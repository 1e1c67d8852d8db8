package io.kernos.master.node;

import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.RethrowingErrorHandler;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.ConsensusModuleVersion;
import io.aeron.cluster.service.ClusterCounters;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.kernos.transport.DriverFactory;
import io.kernos.transport.Limits;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.NoOpLock;

/** Turns the settings of a master into those of Aeron's archive, consensus module and service container. */
final class ClusterLaunch {
    private static final String LOCAL_CONTROL = "aeron:ipc?term-length=64k|alias=archive-control";
    private static final int LOCAL_CONTROL_STREAM_ID = 11;
    private static final int ARCHIVE_TERM_BYTES = 64 * 1024;
    private static final int CONSENSUS_TERM_BYTES = 64 * 1024;
    private static final int SNAPSHOT_TERM_BYTES = 32 * Limits.MAX_MESSAGE_BYTES;
    private static final int CATALOG_BYTES = 1024 * 1024;
    private static final long ELECTION_STATUS_INTERVAL_MS = 50;
    private static final int CLUSTER_ID = 0;
    private static final long ALWAYS_ROOM_BYTES = 64L * 1024 * 1024;

    private final MasterContext context;
    private final Runnable terminationHook;

    ClusterLaunch(MasterContext context, Runnable terminationHook) {
        this.context = context;
        this.terminationHook = terminationHook;
    }

    MediaDriver.Context driver() {
        return DriverFactory.context(context.transport(), context.idleProfile(), context.errorHandler());
    }

    /** For a thread that invokes it. */
    MediaDriver.Context invokedDriver() {
        return driver().threadingMode(ThreadingMode.INVOKER);
    }

    /** For a thread that invokes it, as it does the driver. */
    Archive.Context invokedArchive(AgentInvoker driver) {
        return archive().threadingMode(ArchiveThreadingMode.INVOKER).mediaDriverAgentInvoker(driver);
    }

    /** The control channel must be the fifth endpoint of the member, or others cannot catch up from it. */
    Archive.Context archive() {
        return new Archive.Context()
                .aeronDirectoryName(context.transport().aeronDirectory())
                .archiveDir(context.archiveDirectory().toFile())
                .controlChannel(
                        udp(context.memberList().archive(context.memberId()).toString(), ARCHIVE_TERM_BYTES))
                .localControlChannel(LOCAL_CONTROL)
                .localControlStreamId(LOCAL_CONTROL_STREAM_ID)
                .controlTermBufferLength(ARCHIVE_TERM_BYTES)
                .replicationChannel(ephemeral(ARCHIVE_TERM_BYTES))
                .archiveClientContext(new AeronArchive.Context().controlResponseChannel(ephemeral(ARCHIVE_TERM_BYTES)))
                .recordingEventsEnabled(false)
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(context.idleProfile().supplier())
                .fileSyncLevel(context.consensus().fileSyncLevel())
                .catalogFileSyncLevel(context.consensus().fileSyncLevel())
                .catalogCapacity(CATALOG_BYTES)
                .segmentFileLength(context.consensus().logSegmentBytes())
                .lowStorageSpaceThreshold(ALWAYS_ROOM_BYTES)
                .errorHandler(context.errorHandler());
    }

    /** Settings of a client of the archive, for one thread. */
    AeronArchive.Context archiveClient() {
        return new AeronArchive.Context()
                .aeronDirectoryName(context.transport().aeronDirectory())
                .lock(NoOpLock.INSTANCE)
                .controlRequestChannel(LOCAL_CONTROL)
                .controlRequestStreamId(LOCAL_CONTROL_STREAM_ID)
                .controlResponseChannel(LOCAL_CONTROL);
    }

    /** The client of a consensus module that is invoked by the same thread as what it stands on. */
    Aeron moduleClient(AgentInvoker ground) {
        return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(context.transport().aeronDirectory())
                .useConductorAgentInvoker(true)
                .driverAgentInvoker(ground)
                .subscriberErrorHandler(RethrowingErrorHandler.INSTANCE)
                .clientLock(NoOpLock.INSTANCE)
                .clientName("consensus-module-" + context.memberId())
                .errorHandler(context.errorHandler()));
    }

    /** For a thread that invokes it, as it does the driver and the archive. */
    ConsensusModule.Context invokedConsensusModule(Aeron aeron, AgentInvoker ground) {
        return consensusModule()
                .useAgentInvoker(true)
                .aeron(aeron)
                .errorCounter(ClusterCounters.allocateVersioned(
                        aeron,
                        new ExpandableArrayBuffer(),
                        "Cluster Errors",
                        ConsensusModule.Configuration.CONSENSUS_MODULE_ERROR_COUNT_TYPE_ID,
                        CLUSTER_ID,
                        ConsensusModuleVersion.VERSION,
                        ConsensusModuleVersion.GIT_SHA))
                .archiveContext(archiveClient().agentInvoker(ground))
                .idleStrategySupplier(() ->
                        new InvokingIdleStrategy(ground, context.idleProfile().strategy()));
    }

    ConsensusModule.Context consensusModule() {
        ConsensusContext settings = context.consensus();
        return new ConsensusModule.Context()
                .aeronDirectoryName(context.transport().aeronDirectory())
                .clusterDir(context.clusterDirectory().toFile())
                .archiveContext(archiveClient())
                .clusterMemberId(context.memberId())
                .clusterMembers(context.memberList().clusterMembers())
                .ingressChannel(context.transport().ingressChannel())
                .isIpcIngressAllowed(true)
                .logChannel(log(settings.logTermBytes()))
                .snapshotChannel(snapshot())
                .consensusChannel(new ChannelUriStringBuilder()
                        .media(CommonContext.UDP_MEDIA)
                        .termLength(CONSENSUS_TERM_BYTES)
                        .build())
                .replicationChannel(ephemeral(ARCHIVE_TERM_BYTES))
                .fileSyncLevel(settings.fileSyncLevel())
                .maxConcurrentSessions(context.service().state().maxSessions())
                .sessionTimeoutNs(TimeUnit.MILLISECONDS.toNanos(settings.sessionTimeoutMs()))
                .leaderHeartbeatTimeoutNs(TimeUnit.MILLISECONDS.toNanos(settings.leaderHeartbeatTimeoutMs()))
                .leaderHeartbeatIntervalNs(TimeUnit.MILLISECONDS.toNanos(settings.leaderHeartbeatIntervalMs()))
                .electionTimeoutNs(TimeUnit.MILLISECONDS.toNanos(settings.electionTimeoutMs()))
                .electionStatusIntervalNs(TimeUnit.MILLISECONDS.toNanos(ELECTION_STATUS_INTERVAL_MS))
                .startupCanvassTimeoutNs(TimeUnit.MILLISECONDS.toNanos(settings.startupCanvassTimeoutMs()))
                .idleStrategySupplier(context.idleProfile().supplier())
                .terminationHook(terminationHook)
                .errorHandler(context.errorHandler());
    }

    ClusteredServiceContainer.Context serviceContainer(ClusteredService service) {
        return new ClusteredServiceContainer.Context()
                .aeronDirectoryName(context.transport().aeronDirectory())
                .clusterDir(context.clusterDirectory().toFile())
                .archiveContext(archiveClient())
                .clusteredService(service)
                .serviceName("kernos-master")
                .isRespondingService(false)
                .snapshotChannel(snapshot())
                .idleStrategySupplier(context.idleProfile().supplier())
                .terminationHook(terminationHook)
                .errorHandler(context.errorHandler());
    }

    private static String log(int termBytes) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .termLength(termBytes)
                .alias("log")
                .build();
    }

    private static String snapshot() {
        return new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .termLength(SNAPSHOT_TERM_BYTES)
                .alias("snapshot")
                .build();
    }

    private String ephemeral(int termBytes) {
        return udp(context.memberList().ingress(context.memberId()).host() + ":0", termBytes);
    }

    private static String udp(String endpoint, int termBytes) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .endpoint(endpoint)
                .termLength(termBytes)
                .build();
    }
}
