package io.kernos.master.relay;

import io.aeron.Aeron;
import io.aeron.ControlledFragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.StreamIds;
import io.kernos.transport.codecs.AgentRefusedDecoder;
import io.kernos.transport.codecs.AgentRegisteredDecoder;
import io.kernos.transport.codecs.DefineTemplateDecoder;
import io.kernos.transport.codecs.KillTaskDecoder;
import io.kernos.transport.codecs.LaunchTaskDecoder;
import io.kernos.transport.codecs.RegisterAgainDecoder;
import io.kernos.transport.codecs.TaskStatusAckDecoder;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * The duty cycle of a relay: agents' streams in, the session with the master both ways, agents' streams out.
 * <p>
 * Holds nothing that cannot be lost: a relay that begins anew asks its agents to register again, and so does one whose
 * session with the master is new.
 */
public final class RelayAgent implements Agent, ClusterLink.Listener {
    private static final int FRAGMENT_LIMIT = 64;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final RelayContext context;
    private final Aeron aeron;
    private final AgentInvoker conductor;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private final RelayCounters counters;
    private final RelayMessages messages = new RelayMessages();
    private final AgentConnections connections;
    private final ClusterLink link;
    private final Departures departures = new Departures();
    private final IntArrayList lostImages = new IntArrayList();
    private final Subscription subscription;
    private final ControlledFragmentAssembler assembler;
    private long nowNs;

    /**
     * A relay that listens, but does nothing before its duty cycle runs.
     *
     * @param context its settings, concluded.
     * @param aeron client that uses a conductor invoker, which the duty cycle invokes; not closed by the relay.
     * @param clock for pauses and patience.
     * @param epochClock stamps what is passed to agents.
     */
    public RelayAgent(RelayContext context, Aeron aeron, NanoClock clock, EpochNanoClock epochClock) {
        this.context = context;
        this.aeron = aeron;
        this.conductor = aeron.conductorAgentInvoker();
        this.clock = clock;
        this.epochClock = epochClock;
        nowNs = clock.nanoTime();
        counters = new RelayCounters(aeron);
        connections = new AgentConnections(context, aeron, counters);
        link = new ClusterLink(context, aeron, this, nowNs);
        assembler = new ControlledFragmentAssembler(new AgentAdapter(connections, link, messages, counters));
        subscription = aeron.addSubscription(
                context.transport().relayChannel(), StreamIds.AGENT_TO_RELAY, image -> {}, this::onUnavailableImage);
    }

    private void onUnavailableImage(Image image) {
        lostImages.addInt(image.sessionId());
    }

    @Override
    public int doWork() {
        if (aeron.isClosed()) {
            throw new AgentTerminationException("the media driver is gone");
        }
        nowNs = clock.nanoTime();
        int workCount = conductor == null ? 0 : conductor.invoke();
        workCount += forgetLostAgents();
        workCount += link.poll(nowNs);
        counters.set(RelayCounter.SESSIONS_FAILED, link.failures());
        workCount += subscription.controlledPoll(assembler, FRAGMENT_LIMIT);
        workCount += connections.drain(nowNs, PATIENCE_NS, this::giveUp);
        return workCount + departures.tell(link, messages);
    }

    private void registerAgain(AgentConnection connection) {
        if (connection.state() == AgentConnection.State.UNREACHABLE) {
            return;
        }
        connection.clear();
        connection.state(AgentConnection.State.UNREGISTERED);
        int length = messages.registerAgain(connection.connectionId());
        connections.send(connection, messages.buffer(), 0, length, nowNs);
    }

    private int forgetLostAgents() {
        int count = lostImages.size();
        for (int i = 0; i < count; i++) {
            AgentConnection connection = connections.remove(lostImages.getInt(i));
            if (connection != null) {
                departures.add(connection.connectionId());
            }
        }
        lostImages.clear();
        return count;
    }

    private void giveUp(AgentConnection connection) {
        if (connection.state() == AgentConnection.State.UNREACHABLE) {
            counters.add(RelayCounter.AGENTS_UNANSWERED, 1);
            departures.add(connection.connectionId());
            return;
        }
        if (connection.state() == AgentConnection.State.REGISTERED) {
            counters.add(RelayCounter.AGENTS_SLOW, 1);
            departures.add(connection.connectionId());
            connections.renumber(connection);
        }
        registerAgain(connection);
    }

    @Override
    public int onOpened(MutableDirectBuffer introduction) {
        return messages.relayConnect(introduction, context.relayId(), context.name());
    }

    @Override
    public void onConnected() {
        departures.clear();
        counters.add(RelayCounter.SESSIONS, 1);
        connections.forEach(this::registerAgain);
    }

    @Override
    public void onNewLeader() {
        departures.repeat();
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length) {
        switch (MessageCheck.templateId(buffer, offset)) {
            case LaunchTaskDecoder.TEMPLATE_ID -> {
                messages.launch(epochClock.nanoTime(), buffer, offset, length);
                passToAgent(messages.buffer(), 0, length);
            }
            case AgentRegisteredDecoder.TEMPLATE_ID,
                    AgentRefusedDecoder.TEMPLATE_ID,
                    TaskStatusAckDecoder.TEMPLATE_ID,
                    DefineTemplateDecoder.TEMPLATE_ID,
                    KillTaskDecoder.TEMPLATE_ID -> passToAgent(buffer, offset, length);
            case RegisterAgainDecoder.TEMPLATE_ID -> {
                AgentConnection unknown = connections.ofId(RelayMessages.connectionId(buffer, offset));
                if (unknown != null) {
                    registerAgain(unknown);
                }
            }
            default -> {}
        }
    }

    private void passToAgent(DirectBuffer buffer, int offset, int length) {
        AgentConnection connection = connections.ofId(RelayMessages.connectionId(buffer, offset));
        if (connection == null || connection.state() != AgentConnection.State.REGISTERED) {
            counters.add(RelayCounter.DROPPED, 1);
        } else if (!connections.send(connection, buffer, offset, length, nowNs)) {
            connection.clear();
            giveUp(connection);
        }
    }

    @Override
    public String roleName() {
        return "kernos-relay";
    }

    @Override
    public void onClose() {
        CloseHelper.quietCloseAll(subscription, link);
    }
}
