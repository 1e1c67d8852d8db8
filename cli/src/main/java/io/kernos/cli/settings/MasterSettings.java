package io.kernos.cli.settings;

import io.kernos.master.node.ConsensusContext;
import io.kernos.master.node.MasterContext;
import io.kernos.master.store.StoreContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/** Settings of {@code kernos master}. */
public final class MasterSettings {
    /** All of them. */
    public static final Catalogue<MasterContext> CATALOGUE = new Catalogue<>("master", MasterContext::new, settings());

    private static final long DAY_MS = 86_400_000;

    private MasterSettings() {}

    private static List<Setting<MasterContext>> settings() {
        List<Setting<MasterContext>> settings = new ArrayList<>(node());
        settings.addAll(Catalogues.transport(MasterContext::transport, "one in /dev/shm, by the directory"));
        settings.addAll(log());
        settings.addAll(elections());
        settings.addAll(sessions());
        settings.addAll(store());
        settings.addAll(StateSettings.settings());
        return settings;
    }

    private static List<Setting<MasterContext>> node() {
        return List.of(
                Setting.of(
                        "directory",
                        ValueTypes.folder(),
                        MasterContext::directory,
                        MasterContext::directory,
                        "Folder of the log, the snapshots and the state store, of this master alone",
                        "none: must be given"),
                Setting.of(
                        "members",
                        ValueTypes.members(),
                        MasterContext::members,
                        MasterContext::members,
                        "The masters of the cluster, in the order of their ids; the same for each of them"),
                Setting.of(
                        "memberId",
                        ValueTypes.count(0, 4),
                        context -> (long) context.memberId(),
                        (context, value) -> context.memberId(value.intValue()),
                        "Which of the members this master is"),
                Catalogues.idleProfile(MasterContext::idleProfile, MasterContext::idleProfile),
                Setting.of(
                        "threading",
                        ValueTypes.threading(),
                        MasterContext::threading,
                        MasterContext::threading,
                        "How its parts are spread over threads: shared, all but the state machine and the store on"
                                + " one; dedicated, each on its own, for machines with a core for each"),
                Setting.of(
                        "relayEnabled",
                        ValueTypes.yesOrNo(),
                        MasterContext::relayEnabled,
                        MasterContext::relayEnabled,
                        "Whether this master has a relay for agents in its process"));
    }

    private static List<Setting<MasterContext>> log() {
        return List.of(
                Setting.of(
                        "fileSyncLevel",
                        ValueTypes.count(0, 2),
                        context -> (long) context.consensus().fileSyncLevel(),
                        (context, value) -> context.consensus().fileSyncLevel(value.intValue()),
                        "How the log gets to the disk: 0 in the system's time (outlives a killed process), 1 data"
                                + " first, 2 data and the file's own record first"),
                Setting.of(
                        "logTermBytes",
                        ValueTypes.powerOfTwo(512 * 1024, 1 << 30),
                        context -> (long) context.consensus().logTermBytes(),
                        (context, value) -> context.consensus().logTermBytes(value.intValue()),
                        "Length of the terms of the replicated log, which has three"),
                Setting.of(
                        "logSegmentBytes",
                        ValueTypes.powerOfTwo(512 * 1024, 1 << 30),
                        context -> (long) context.consensus().logSegmentBytes(),
                        (context, value) -> context.consensus().logSegmentBytes(value.intValue()),
                        "Length of the files that the log is recorded in, at least logTermBytes"),
                consensusMs(
                        "snapshotIntervalMs",
                        0,
                        ConsensusContext::snapshotIntervalMs,
                        ConsensusContext::snapshotIntervalMs,
                        "Time from one snapshot to the next, from which a start replays the log; 0: none by time"),
                Setting.of(
                        "snapshotOnClose",
                        ValueTypes.yesOrNo(),
                        context -> context.consensus().snapshotOnClose(),
                        (context, value) -> context.consensus().snapshotOnClose(value),
                        "Whether the only master of a cluster takes a snapshot when it ends"),
                Setting.of(
                        "snapshotsKept",
                        ValueTypes.count(0, 1_000),
                        context -> (long) context.consensus().snapshotsKept(),
                        (context, value) -> context.consensus().snapshotsKept(value.intValue()),
                        "How many of the newest snapshots the only master of a cluster keeps; older ones are removed,"
                                + " and the log before the oldest; 0: all are kept"));
    }

    private static List<Setting<MasterContext>> elections() {
        return List.of(
                consensusMs(
                        "leaderHeartbeatTimeoutMs",
                        10,
                        ConsensusContext::leaderHeartbeatTimeoutMs,
                        ConsensusContext::leaderHeartbeatTimeoutMs,
                        "After which silence of the leader a new one is elected"),
                consensusMs(
                        "leaderHeartbeatIntervalMs",
                        1,
                        ConsensusContext::leaderHeartbeatIntervalMs,
                        ConsensusContext::leaderHeartbeatIntervalMs,
                        "How often the leader is heard at least, at most half of leaderHeartbeatTimeoutMs"),
                consensusMs(
                        "electionTimeoutMs",
                        10,
                        ConsensusContext::electionTimeoutMs,
                        ConsensusContext::electionTimeoutMs,
                        "How long an election waits for votes"),
                consensusMs(
                        "startupCanvassTimeoutMs",
                        20,
                        ConsensusContext::startupCanvassTimeoutMs,
                        ConsensusContext::startupCanvassTimeoutMs,
                        "How long a start waits for all members, at least twice leaderHeartbeatTimeoutMs"),
                consensusMs(
                        "sessionTimeoutMs",
                        100,
                        ConsensusContext::sessionTimeoutMs,
                        ConsensusContext::sessionTimeoutMs,
                        "After which silence a session of a framework or a relay counts as gone"));
    }

    private static List<Setting<MasterContext>> sessions() {
        return List.of(
                Setting.of(
                        "maxOutboxBytes",
                        ValueTypes.powerOfTwo(256 * 1024, 1 << 30),
                        context -> (long) context.service().maxOutboxBytes(),
                        (context, value) -> context.service().maxOutboxBytes(value.intValue()),
                        "What may wait for one session that takes nothing, before it is closed"),
                Setting.of(
                        "slowSessionTimeoutMs",
                        ValueTypes.durationMs(100),
                        context -> context.service().slowSessionTimeoutMs(),
                        (context, value) -> context.service().slowSessionTimeoutMs(value),
                        "How long a session may take nothing while messages wait, before it is closed"));
    }

    private static List<Setting<MasterContext>> store() {
        return List.of(
                Setting.of(
                        "storeDirectory",
                        ValueTypes.folder(),
                        context -> context.store().directory(),
                        (context, value) -> context.store().directory(value),
                        "Folder of the state store that other processes read; one in memory spares the disk",
                        "store, in the directory"),
                storeNumber(
                        "storeHistoryCapacity",
                        ValueTypes.count(1, StoreContext.HISTORY_CAPACITY_MAX),
                        StoreContext::historyCapacity,
                        (store, value) -> store.historyCapacity(value.intValue()),
                        "How many finished tasks the store remembers; the oldest go first"),
                storeNumber(
                        "storeRingCapacityBytes",
                        ValueTypes.powerOfTwo(
                                StoreContext.RING_CAPACITY_BYTES_MIN, StoreContext.RING_CAPACITY_BYTES_MAX),
                        StoreContext::ringCapacityBytes,
                        (store, value) -> store.ringCapacityBytes(value.intValue()),
                        "Room for changes on their way to the store; when it is full, later ones take their place"),
                storeNumber(
                        "storeLockPatienceMs",
                        ValueTypes.durationMs(1, StoreContext.LOCK_PATIENCE_MS_MAX),
                        StoreContext::lockPatienceMs,
                        (store, value) -> store.lockPatienceMs(value),
                        "How long a reader may hold a lock of the store before new files are begun"),
                storeNumber(
                        "storeRecordsPerCycle",
                        ValueTypes.count(1, StoreContext.RECORDS_PER_CYCLE_MAX),
                        StoreContext::recordsPerCycle,
                        (store, value) -> store.recordsPerCycle(value.intValue()),
                        "Most changes that are written to the store at one go"));
    }

    private static Setting<MasterContext> storeNumber(
            String name,
            ValueType<Long> type,
            ToLongFunction<StoreContext> read,
            BiConsumer<StoreContext, Long> apply,
            String meaning) {
        return Setting.of(
                name,
                type,
                context -> read.applyAsLong(context.store()),
                (context, value) -> apply.accept(context.store(), value),
                meaning);
    }

    private static Setting<MasterContext> consensusMs(
            String name,
            long least,
            ToLongFunction<ConsensusContext> read,
            BiConsumer<ConsensusContext, Long> apply,
            String meaning) {
        return Setting.of(
                name,
                ValueTypes.durationMs(least, DAY_MS),
                context -> read.applyAsLong(context.consensus()),
                (context, value) -> apply.accept(context.consensus(), value),
                meaning);
    }
}
