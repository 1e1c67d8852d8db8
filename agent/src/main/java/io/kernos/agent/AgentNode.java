package io.kernos.agent;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.kernos.isolation.Containerizer;
import io.kernos.isolation.ContainerizerContext;
import io.kernos.linux.Linux;
import io.kernos.transport.DriverFactory;
import io.kernos.transport.EpochTime;
import io.kernos.transport.ErrorLog;
import io.kernos.transport.FolderLock;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.TransportContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole agent in this process: its core, its link to the master and its sandbox server on one thread of their own.
 * <p>
 * Thread safe. Only one node at a time may use a work folder; another one is refused by its lock file.
 */
public final class AgentNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentNode.class);
    private static final long COLLECT_PERIOD_MS = 1_000;

    private final ErrorLog errorLog = new ErrorLog(LOG);
    private final AgentContext context;
    private FolderLock lock;
    private MediaDriver driver;
    private Aeron aeron;
    private ScheduledExecutorService collectorThread;
    private FileJournal journal;
    private Containerizer containerizer;
    private AgentDutyCycle dutyCycle;
    private AgentRunner runner;
    private Thread thread;
    private boolean closed;

    private AgentNode(AgentContext context) {
        this.context = context;
    }

    /**
     * Starts an agent: replays its journal, finds its supervisor (or starts one), and from then on registers and works
     * on its own thread. Returns before it is registered.
     *
     * @param context settings; concluded here.
     * @return the running agent.
     * @throws IllegalArgumentException when a setting is wrong.
     * @throws IllegalStateException    when another agent uses the work folder.
     */
    public static AgentNode launch(AgentContext context) {
        context.conclude();
        AgentNode node = new AgentNode(context);
        try {
            node.start();
        } catch (RuntimeException ex) {
            node.release();
            throw ex;
        }
        return node;
    }

    private void start() {
        lock = FolderLock.take("workDirectory", context.workDirectory(), "lock", "agent");
        TransportContext transport = transport();
        if (context.aeronDirectory() == null) {
            driver = DriverFactory.launch(transport, context.idleProfile(), errorLog);
        }
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(transport.aeronDirectory())
                .useConductorAgentInvoker(true)
                .idleStrategy(YieldingIdleStrategy.INSTANCE)
                .errorHandler(errorLog));
        AgentParts parts = assemble(transport);
        dutyCycle = new AgentDutyCycle(
                parts, aeron, SystemNanoClock.INSTANCE, EpochTime.CLOCK, context.idleProfile() == IdleProfile.BALANCED);
        runner = new AgentRunner(context.idleProfile().strategy(), errorLog, null, dutyCycle);
        thread = AgentRunner.startOnThread(runner);
    }

    private TransportContext transport() {
        String directory =
                context.aeronDirectory() != null ? context.aeronDirectory() : aeronDirectoryOf(context.workDirectory());
        return new TransportContext()
                .aeronDirectory(directory)
                .agentEndpoint(context.bindHost() + ":0")
                .conclude();
    }

    /**
     * Folder of the media driver of an agent that has its own: the same for each life of the agent on a work folder, so
     * that what a killed one left is removed.
     *
     * @param workDirectory of the agent.
     * @return the folder.
     */
    public static String aeronDirectoryOf(Path workDirectory) {
        UUID id = UUID.nameUUIDFromBytes(workDirectory.toString().getBytes(StandardCharsets.UTF_8));
        return CommonContext.getAeronDirectoryName() + "-agent-" + id;
    }

    private AgentParts assemble(TransportContext transport) {
        AgentCounters counters = AgentCounters.allocate(aeron);
        Sandboxes sandboxes = sandboxes();
        journal = new FileJournal(context.workDirectory(), context.journalCompactBytes());
        containerizer = newContainerizer();
        ContainerLauncher launcher =
                new ContainerLauncher(containerizer, sandboxes, context.user(), context.taskPidsMax());
        MasterLink link = new MasterLink(context, transport, aeron, counters, EpochTime.CLOCK);
        AgentCore core = new AgentCore(
                journal,
                launcher,
                link,
                counters,
                context.statusRetryMs(),
                context.statusRetryMaxMs(),
                context.maxTemplates());
        link.core(core);
        JournalStart.open(journal, context.workDirectory(), core, System.currentTimeMillis());
        launcher.agentId(core.agentId());
        launcher.collector(startCollector(sandboxes, core, counters));
        SupervisorKeeper supervisor = new SupervisorKeeper(containerizer, core, counters);
        supervisor.recover();
        SandboxServer sandboxServer = new SandboxServer(aeron, transport, sandboxes, core, counters);
        link.description(describe(sandboxServer));
        return new AgentParts(aeron, counters, journal, containerizer, launcher, core, supervisor, link, sandboxServer);
    }

    private Sandboxes sandboxes() {
        try {
            return new Sandboxes(context.workDirectory());
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot make the folder of sandboxes in " + context.workDirectory(), ex);
        }
    }

    private Containerizer newContainerizer() {
        return context.containerizer() != null
                ? context.containerizer()
                : new ContainerizerContext(context.workDirectory().resolve(AgentContext.SUPERVISOR_FOLDER))
                        .cgroups(context.cgroups())
                        .namespaces(context.namespaces())
                        .newContainerizer();
    }

    private SandboxCollector startCollector(Sandboxes sandboxes, AgentCore core, Counting counting) {
        Set<Path> live = new HashSet<>();
        core.forEachTask(task -> {
            if (task.live()) {
                live.add(sandboxes.path(task.frameworkId(), task.taskId()));
            }
        });
        SandboxCollector collector =
                new SandboxCollector(sandboxes, live, counting, context.sandboxMaxAgeMs(), context.sandboxMaxCount());
        collectorThread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("kernos-agent-sandboxes").factory());
        collectorThread.scheduleWithFixedDelay(
                () -> {
                    try {
                        collector.run();
                    } catch (RuntimeException ex) {
                        errorLog.onError(ex);
                    }
                },
                COLLECT_PERIOD_MS,
                COLLECT_PERIOD_MS,
                TimeUnit.MILLISECONDS);
        return collector;
    }

    private AgentDescription describe(SandboxServer sandboxServer) {
        Map<String, String> attributes =
                new TreeMap<>(containerizer.capabilities().attributes());
        DefaultUser user = DefaultUser.of(context.user(), Linux.uid());
        user.warn();
        attributes.put(DefaultUser.ATTRIBUTE, user.name());
        attributes.putAll(context.attributes());
        String sandboxChannel = DriverAnswer.await(
                aeron,
                sandboxServer::channel,
                "the endpoint of sandboxes on bindHost=" + context.bindHost()
                        + ": is it running, and is that an address of this machine?");
        LOG.info(
                "agent on {}: cpus {} milli, memory {} bytes, disk {} bytes, attributes {}",
                context.hostname(),
                context.cpusMilli(),
                context.memoryBytes(),
                context.diskBytes(),
                attributes);
        return new AgentDescription(
                ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
                context.hostname(),
                context.cpusMilli(),
                context.memoryBytes(),
                context.diskBytes(),
                context.gpusMilli(),
                context.firstPort(),
                context.lastPort(),
                attributes,
                sandboxChannel);
    }

    /**
     * The number that the master gave this agent.
     *
     * @return from 1; 0 while it never registered.
     */
    public long agentId() {
        return dutyCycle.agentId();
    }

    /**
     * Whether the agent is registered with the master at this moment.
     *
     * @return true while it is.
     */
    public boolean registered() {
        return dutyCycle.registered();
    }

    /**
     * Whether the agent works. It ends by itself only when its media driver is gone; its tasks go on then.
     *
     * @return true while it does.
     */
    public boolean running() {
        return thread.isAlive();
    }

    /**
     * How many tasks this agent has that did not end.
     *
     * @return count.
     */
    public int liveTaskCount() {
        return dutyCycle.liveCount();
    }

    /**
     * Ends the agent.
     *
     * @param stopTasks true to kill all tasks, end the supervisor and remove its control groups; false to leave the
     *                  tasks running for the next agent on this work folder.
     */
    public synchronized void close(boolean stopTasks) {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (stopTasks && running()) {
                dutyCycle.stopTasksAndWait();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        release();
    }

    /**
     * Ends the agent and leaves its tasks running, as {@code close(false)}.
     */
    @Override
    public void close() {
        close(false);
    }

    /** Ends the agent as if its process had been killed: nothing is written, nobody is told. */
    synchronized void abandon() {
        closed = true;
        dutyCycle.abandon();
        release();
    }

    private void release() {
        if (collectorThread != null) {
            collectorThread.shutdownNow();
        }
        if (runner == null) {
            CloseHelper.quietCloseAll(containerizer, journal);
        }
        CloseHelper.quietCloseAll(runner, aeron, driver, lock);
    }
}
