package io.kernos.master.node;

import io.kernos.master.cluster.MasterServiceContext;
import io.kernos.master.store.StoreContext;
import io.kernos.transport.Endpoint;
import io.kernos.transport.ErrorLog;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.MemberList;
import io.kernos.transport.SettingException;
import io.kernos.transport.TransportContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of a {@link MasterNode}. Fill it in; the node concludes it. */
public final class MasterContext {
    private static final Logger LOGGER = LoggerFactory.getLogger(MasterNode.class);
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private Path directory;
    private int memberId;
    private String members = MemberList.DEFAULT;
    private IdleProfile idleProfile = IdleProfile.ECO;
    private Threading threading = Threading.SHARED;
    private TransportContext transport = new TransportContext().aeronDirectory(null);
    private MasterServiceContext service = new MasterServiceContext();
    private ConsensusContext consensus = new ConsensusContext();
    private StoreContext store = new StoreContext();
    private boolean relayEnabled = true;
    private ErrorHandler errorHandler = new ErrorLog(LOGGER);
    private MemberList memberList;

    /** All defaults; the directory must be given. */
    public MasterContext() {}

    /**
     * Fill in what follows from other settings, and check all.
     *
     * @return this.
     * @throws SettingException when one is wrong, which names it, its value and the remedy.
     */
    public MasterContext conclude() {
        SettingException.check(directory != null, "directory", directory, "name the folder for the log and snapshots");
        directory = directory.toAbsolutePath().normalize();
        SettingException.check(
                !Files.exists(directory) || Files.isDirectory(directory), "directory", directory, "is not a folder");
        memberList = MemberList.of("members", members);
        SettingException.check(
                memberId >= 0 && memberId < memberList.size(),
                "memberId",
                memberId,
                "must be from 0 to " + (memberList.size() - 1) + ", as members=" + members + " says");
        if (transport.aeronDirectory() == null) {
            transport.aeronDirectory(aeronDirectoryOf(directory).toString());
        }
        if (memberList.size() > 1 && transport.clientEndpoint().equals(TransportContext.DEFAULT_LOCAL_ENDPOINT)) {
            transport.clientEndpoint(memberList.ingress(memberId).host() + ":0");
        }
        transport.conclude();
        Endpoint relay = Endpoint.of("relayEndpoint", transport.relayEndpoint());
        SettingException.check(
                !relayEnabled || relay.port() != 0, "relayEndpoint", relay, "agents must know its port: name one");
        service.conclude();
        consensus.conclude();
        store.directory(storeDirectory()).limits(service.state()).conclude();
        return this;
    }

    /**
     * Folder of the media driver of a master, where none is set: in shared memory, with a name that follows from the
     * master's own folder, so that a master finds what a killed predecessor left.
     *
     * @param directory of the master.
     * @return the folder.
     */
    public static Path aeronDirectoryOf(Path directory) {
        Path parent = Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        String path = directory.toAbsolutePath().normalize().toString();
        return parent.resolve("kernos-" + System.getProperty("user.name") + "-" + Integer.toHexString(path.hashCode()));
    }

    /**
     * The masters of the cluster; known once concluded.
     *
     * @return the list.
     */
    public MemberList memberList() {
        return memberList;
    }

    /**
     * Folder of the archive.
     *
     * @return the folder.
     */
    public Path archiveDirectory() {
        return directory.resolve("archive");
    }

    /**
     * Folder of the consensus module.
     *
     * @return the folder.
     */
    public Path clusterDirectory() {
        return directory.resolve("cluster");
    }

    /**
     * Folder of the state store.
     *
     * @return the folder that the store's settings name, else one in the directory.
     */
    public Path storeDirectory() {
        return store.directory() == null ? directory.resolve("store") : store.directory();
    }

    /**
     * Folder that holds all that outlives the process: the log, snapshots and the state store.
     *
     * @return a folder, made when it is not there.
     */
    public Path directory() {
        return directory;
    }

    /**
     * Set folder that holds all that outlives the process: the log, snapshots and the state store.
     *
     * @param directory a folder, made when it is not there.
     * @return this.
     */
    public MasterContext directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /**
     * Which member of the cluster this is.
     *
     * @return its place in the list of members, from 0.
     */
    public int memberId() {
        return memberId;
    }

    /**
     * Set which member of the cluster this is.
     *
     * @param memberId its place in the list of members, from 0.
     * @return this.
     */
    public MasterContext memberId(int memberId) {
        this.memberId = memberId;
        return this;
    }

    /**
     * The masters of the cluster, see {@link MemberList}.
     *
     * @return such as {@code a:7700,b:7700,c:7700}.
     */
    public String members() {
        return members;
    }

    /**
     * Set the masters of the cluster, see {@link MemberList}.
     *
     * @param members such as {@code a:7700,b:7700,c:7700}.
     * @return this.
     */
    public MasterContext members(String members) {
        this.members = members;
        return this;
    }

    /**
     * How the duty cycles idle.
     *
     * @return the profile.
     */
    public IdleProfile idleProfile() {
        return idleProfile;
    }

    /**
     * Set how the duty cycles idle.
     *
     * @param idleProfile the profile.
     * @return this.
     */
    public MasterContext idleProfile(IdleProfile idleProfile) {
        this.idleProfile = idleProfile;
        return this;
    }

    /**
     * How the parts of the master are spread over threads.
     *
     * @return the way.
     */
    public Threading threading() {
        return threading;
    }

    /**
     * Set how the parts of the master are spread over threads.
     *
     * @param threading the way.
     * @return this.
     */
    public MasterContext threading(Threading threading) {
        this.threading = threading;
        return this;
    }

    /**
     * Channels of sessions and agents. Where the media driver's folder is not set, it follows from the directory.
     *
     * @return the settings.
     */
    public TransportContext transport() {
        return transport;
    }

    /**
     * Set channels of sessions and agents. Where the media driver's folder is not set, it follows from the directory.
     *
     * @param transport the settings.
     * @return this.
     */
    public MasterContext transport(TransportContext transport) {
        this.transport = transport;
        return this;
    }

    /**
     * Settings of the state machine and its outboxes.
     *
     * @return the settings.
     */
    public MasterServiceContext service() {
        return service;
    }

    /**
     * Set settings of the state machine and its outboxes.
     *
     * @param service the settings.
     * @return this.
     */
    public MasterContext service(MasterServiceContext service) {
        this.service = service;
        return this;
    }

    /**
     * Settings of the replicated log.
     *
     * @return the settings.
     */
    public ConsensusContext consensus() {
        return consensus;
    }

    /**
     * Set settings of the replicated log.
     *
     * @param consensus the settings.
     * @return this.
     */
    public MasterContext consensus(ConsensusContext consensus) {
        this.consensus = consensus;
        return this;
    }

    /**
     * Settings of the state store; its folder is in the directory where it is not set, its limits are the state
     * machine's.
     *
     * @return the settings.
     */
    public StoreContext store() {
        return store;
    }

    /**
     * Set settings of the state store; its folder is in the directory where it is not set, its limits are the state
     * machine's.
     *
     * @param store the settings.
     * @return this.
     */
    public MasterContext store(StoreContext store) {
        this.store = store;
        return this;
    }

    /**
     * Whether the member embeds a relay for agents.
     *
     * @return true to embed one.
     */
    public boolean relayEnabled() {
        return relayEnabled;
    }

    /**
     * Set whether the member embeds a relay for agents.
     *
     * @param relayEnabled true to embed one.
     * @return this.
     */
    public MasterContext relayEnabled(boolean relayEnabled) {
        this.relayEnabled = relayEnabled;
        return this;
    }

    /**
     * Who is told of errors beside the logs of Aeron.
     *
     * @return the handler.
     */
    public ErrorHandler errorHandler() {
        return errorHandler;
    }

    /**
     * Set who is told of errors beside the logs of Aeron.
     *
     * @param errorHandler the handler.
     * @return this.
     */
    public MasterContext errorHandler(ErrorHandler errorHandler) {
        this.errorHandler = errorHandler;
        return this;
    }
}
