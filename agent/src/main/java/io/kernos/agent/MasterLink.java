package io.kernos.agent;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.exceptions.AeronException;
import io.kernos.transport.Limits;
import io.kernos.transport.StreamIds;
import io.kernos.transport.TransportContext;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The agent's way to the master, through one relay at a time. When a relay is gone or does not answer, the next one is
 * tried after a pause that doubles. Part of the agent's duty cycle.
 */
final class MasterLink implements RelayAdapter.Listener, StatusPublisher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterLink.class);
    private static final long REGISTER_TIMEOUT_MS = 10_000;
    private static final long LEAVE_RETRY_MS = 100;

    private final List<AgentTask> toTell = new ArrayList<>();
    private final RelayPublisher publisher = new RelayPublisher();
    private final AgentContext context;
    private final TransportContext transport;
    private final Aeron aeron;
    private final Counting counting;
    private final EpochNanoClock clock;
    private AgentCore core;
    private AgentDescription description;
    private FragmentAssembler assembler;
    private RelayConnection connection;
    private LinkState state = LinkState.WAITING;
    private String lastReason = "";
    private long connectionId;
    private int relayIndex = -1;
    private String refusal;
    private boolean leaving;
    private boolean registerSent;
    private int toldCount;
    private long deadlineMs;
    private boolean wantsTemplates;
    private long mayAskAtMs = Long.MIN_VALUE;
    private long pauseMs;
    private long nowMs;

    MasterLink(AgentContext context, TransportContext transport, Aeron aeron, Counting counting, EpochNanoClock clock) {
        this.context = context;
        this.transport = transport;
        this.aeron = aeron;
        this.counting = counting;
        this.clock = clock;
        this.pauseMs = context.reconnectMinMs();
    }

    /**
     * Names the core, which publishes through this.
     *
     * @param agentCore the core.
     */
    void core(AgentCore agentCore) {
        core = agentCore;
        assembler = new FragmentAssembler(new RelayAdapter(agentCore, this, counting, clock));
    }

    /**
     * Says what the agent tells of itself, before the first duty cycle.
     *
     * @param value the description.
     */
    void description(AgentDescription value) {
        description = value;
    }

    LinkState state() {
        return state;
    }

    /**
     * One duty cycle.
     *
     * @param newNowMs milliseconds on a clock that never steps.
     * @return how much was done.
     */
    int doWork(long newNowMs) {
        nowMs = newNowMs;
        try {
            return switch (state) {
                case WAITING -> connect();
                case CONNECTING -> awaitStreams();
                case REGISTERING -> poll() + register();
                case AWAITING, REGISTERED -> poll() + askAgain();
            };
        } catch (AeronException ex) {
            disconnect(ex.getMessage());
            return 1;
        }
    }

    private int connect() {
        if (!core.recovered() || nowMs < deadlineMs || !left()) {
            return 0;
        }
        relayIndex = (relayIndex + 1) % context.relayEndpoints().size();
        connection = new RelayConnection(aeron, transport, relay());
        state(LinkState.CONNECTING, context.connectTimeoutMs());
        return 1;
    }

    /** The tasks of another cluster must be gone before this one can place any here. */
    private boolean left() {
        leaving = leaving && !core.leaveCluster();
        if (leaving) {
            deadlineMs = nowMs + LEAVE_RETRY_MS;
        }
        return !leaving;
    }

    private int awaitStreams() {
        if (connection.ready()) {
            beginRegistration();
            return 1;
        }
        if (nowMs >= deadlineMs) {
            disconnect("nobody answers");
        }
        return 0;
    }

    private void beginRegistration() {
        wantsTemplates = false;
        refusal = null;
        registerSent = false;
        toldCount = -1;
        toTell.clear();
        core.forEachTask(toTell::add);
        state(LinkState.REGISTERING, REGISTER_TIMEOUT_MS);
    }

    private int register() {
        if (state != LinkState.REGISTERING || !core.recovered()) {
            return 0;
        }
        if (!registerSent) {
            registerSent = publisher.register(
                    connection.publication(),
                    description,
                    core,
                    connection.responseChannel(),
                    StreamIds.RELAY_TO_AGENT);
            return registerSent ? 1 : 0;
        }
        int from = Math.max(0, toldCount);
        int to = Math.min(toTell.size(), from + Limits.MAX_TASKS_PER_LIST);
        if (!publisher.tasks(connection.publication(), toTell, from, to)) {
            return 0;
        }
        toldCount = to;
        if (to == toTell.size()) {
            toTell.clear();
            state(LinkState.AWAITING, REGISTER_TIMEOUT_MS);
        }
        return 1;
    }

    private int poll() {
        if (connection.lost()) {
            disconnect("it is gone");
            return 1;
        }
        if (state != LinkState.REGISTERED && nowMs >= deadlineMs) {
            disconnect("the master did not answer the registration");
            return 1;
        }
        int workCount = connection.poll(assembler);
        if (refusal != null) {
            disconnect(refusal);
        }
        return workCount;
    }

    @Override
    public void onRegistered(long newConnectionId, long agentId, long clusterId) {
        if (state != LinkState.AWAITING) {
            return;
        }
        LOG.info("registered as agent {} through relay {}", agentId, relay());
        connectionId = newConnectionId;
        pauseMs = context.reconnectMinMs();
        lastReason = "";
        state(LinkState.REGISTERED, 0);
        core.onRegistered(agentId, clusterId);
    }

    @Override
    public void onRefused(long clusterId, String reason) {
        refusal = "the master refuses this agent: " + reason;
        if (core.isForeign(clusterId)) {
            LOG.warn(
                    "agent {} of cluster {} comes to cluster {}: its {} tasks are ended, then it joins as a new one",
                    core.agentId(),
                    core.clusterId(),
                    clusterId,
                    core.liveCount());
            leaving = true;
            pauseMs = context.reconnectMinMs();
        } else {
            pauseMs = context.reconnectMaxMs();
        }
    }

    @Override
    public void onRegisterAgain() {
        beginRegistration();
    }

    @Override
    public void onForgottenTemplate() {
        wantsTemplates = true;
    }

    /** Not at each launch that was left out: a registration tells all that the agent has. */
    private int askAgain() {
        boolean wanted = wantsTemplates || core.wantsRegistration();
        if (!wanted || state != LinkState.REGISTERED || nowMs < mayAskAtMs) {
            return 0;
        }
        mayAskAtMs = nowMs + context.reconnectMaxMs();
        LOG.warn("launches were left out, {}: it registers again to be told them", whyLeftOut());
        beginRegistration();
        return 1;
    }

    private String whyLeftOut() {
        return wantsTemplates ? "whose templates this agent has forgotten" : "for which this agent had no room";
    }

    @Override
    public boolean accepts(long messageConnectionId) {
        return state == LinkState.REGISTERED && messageConnectionId == connectionId;
    }

    @Override
    public boolean publish(AgentTask task, TaskState taskState) {
        return state == LinkState.REGISTERED
                && publisher.status(connection.publication(), connectionId, task, taskState);
    }

    private void disconnect(String reason) {
        LOG.atLevel(reason.equals(lastReason) ? Level.DEBUG : Level.WARN)
                .log("relay {}: {}; trying the next in {} ms", relay(), reason, pauseMs);
        lastReason = reason;
        if (connection != null) {
            connection.close();
            connection = null;
        }
        toTell.clear();
        state(LinkState.WAITING, pauseMs);
        pauseMs = Math.min(2 * pauseMs, context.reconnectMaxMs());
    }

    private void state(LinkState next, long timeoutMs) {
        state = next;
        deadlineMs = nowMs + timeoutMs;
    }

    private String relay() {
        return context.relayEndpoints().get(relayIndex);
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
        state = LinkState.WAITING;
    }
}
