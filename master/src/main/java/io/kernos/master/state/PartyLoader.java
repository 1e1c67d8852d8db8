package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.transport.codecs.AgentRecordDecoder;
import io.kernos.transport.codecs.AgentState;
import io.kernos.transport.codecs.FrameworkRecordDecoder;
import io.kernos.transport.codecs.FrameworkState;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RelayRecordDecoder;
import io.kernos.transport.codecs.RoleRecordDecoder;
import io.kernos.transport.codecs.SessionRecordDecoder;
import io.kernos.transport.codecs.StrayRecordDecoder;
import io.kernos.transport.codecs.TemplateRecordDecoder;
import io.kernos.transport.codecs.ToldRecordDecoder;
import org.agrona.DirectBuffer;

/** Loads sessions, relays, roles, frameworks and agents. */
final class PartyLoader {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionRecordDecoder session = new SessionRecordDecoder();
    private final RelayRecordDecoder relay = new RelayRecordDecoder();
    private final RoleRecordDecoder role = new RoleRecordDecoder();
    private final FrameworkRecordDecoder framework = new FrameworkRecordDecoder();
    private final TemplateRecordDecoder template = new TemplateRecordDecoder();
    private final AgentRecordDecoder agent = new AgentRecordDecoder();
    private final ToldRecordDecoder told = new ToldRecordDecoder();
    private final StrayRecordDecoder stray = new StrayRecordDecoder();
    private final Tables tables;
    private final Templates templates;
    private final Allocator allocator;
    private final Counting counting;

    PartyLoader(Parts parts) {
        this.tables = parts.tables;
        this.templates = parts.templates;
        this.allocator = parts.allocator;
        this.counting = parts.context.counting();
    }

    void session(DirectBuffer buffer, int offset) {
        session.wrapAndApplyHeader(buffer, offset, header);
        tables.sessions.load(session.sessionIndex(), session.sessionId());
        counting.add(MasterCounter.SESSIONS, 1);
    }

    void relay(DirectBuffer buffer, int offset) {
        relay.wrapAndApplyHeader(buffer, offset, header);
        byte[] name = new byte[relay.nameLength()];
        relay.getName(name, 0, name.length);
        tables.relays.add(relay.relayId(), name, sessionOf(relay.sessionId()));
        counting.add(MasterCounter.RELAYS, 1);
    }

    void role(DirectBuffer buffer, int offset) {
        role.wrapAndApplyHeader(buffer, offset, header);
        Role loaded = tables.roles.load(role.roleIndex(), role.name(), role.weightMilli());
        allocator.roles().add(loaded.index, loaded.weightMilli);
    }

    void framework(DirectBuffer buffer, int offset) {
        framework.wrapAndApplyHeader(buffer, offset, header);
        int roleIndex = framework.roleIndex();
        Role itsRole = SnapshotLoader.known(tables.roles.byIndex(roleIndex), "role", roleIndex);
        itsRole.frameworkCount++;
        byte[] name = new byte[framework.nameLength()];
        framework.getName(name, 0, name.length);
        byte[] user = new byte[framework.userLength()];
        framework.getUser(user, 0, user.length);
        Framework loaded =
                tables.frameworks.load(framework.frameworkIndex(), framework.frameworkId(), itsRole, name, user);
        loaded.state = framework.state();
        loaded.flags = (framework.flags().offers() ? Framework.FLAG_OFFERS : 0)
                | (framework.flags().detached() ? Framework.FLAG_DETACHED : 0);
        loaded.failoverTimeoutMs = framework.failoverTimeoutMs();
        loaded.removeAtMs = framework.removeAtMs();
        loaded.tickAtMs = framework.tickAtMs();
        loaded.registeredMs = framework.registeredMs();
        loaded.lastTaskId = framework.lastTaskId();
        loaded.lastTemplateId = framework.lastTemplateId();
        loaded.subscribeCorrelationId = framework.subscribeCorrelationId();
        loaded.suppressed = framework.suppressed() != 0;
        if (framework.sessionId() >= 0) {
            loaded.session = sessionOf(framework.sessionId());
            loaded.session.framework = loaded;
        }
        introduce(loaded);
    }

    void template(DirectBuffer buffer, int offset) {
        template.wrapAndApplyHeader(buffer, offset, header);
        byte[] definition = new byte[template.definitionLength()];
        template.getDefinition(definition, 0, definition.length);
        templates.load(frameworkOf(template.frameworkId()), definition);
    }

    void agent(DirectBuffer buffer, int offset) {
        agent.wrapAndApplyHeader(buffer, offset, header);
        Agent loaded = tables.agents.load(agent.agentIndex(), agent.agentId());
        tables.agents.instance(loaded, agent.instanceId());
        loaded.state = agent.state();
        loaded.registeredMs = agent.registeredMs();
        loaded.removeAtMs = agent.removeAtMs();
        loaded.unreachableAtMs = agent.unreachableAtMs();
        if (agent.relaySessionId() >= 0) {
            loaded.relay = SnapshotLoader.known(
                    sessionOf(agent.relaySessionId()).relay, "a relay with session", agent.relaySessionId());
            loaded.connectionId = agent.connectionId();
            loaded.relay.agentByConnection.put(loaded.connectionId, loaded);
        }
        describe(loaded);
        introduce(loaded);
    }

    void told(DirectBuffer buffer, int offset) {
        told.wrapAndApplyHeader(buffer, offset, header);
        Template itsTemplate = frameworkOf(told.frameworkId()).templateById.get(told.templateId());
        tables.told.tell(agentOf(told.agentId()), SnapshotLoader.known(itsTemplate, "template", told.templateId()));
    }

    void stray(DirectBuffer buffer, int offset) {
        stray.wrapAndApplyHeader(buffer, offset, header);
        Agent itsAgent = agentOf(stray.agentId());
        itsAgent.strays.addLong(stray.frameworkId());
        itsAgent.strays.addLong(stray.taskId());
    }

    private void introduce(Framework loaded) {
        allocator.frameworks().add(loaded.index, loaded.role.index);
        loaded.isOffered = loaded.wantsOffers();
        if (!loaded.isOffered) {
            allocator.frameworks().suppress(loaded.index);
        }
        if (loaded.removeAtMs != 0) {
            tables.timers.schedule(TimerKinds.FRAMEWORK_REMOVAL, loaded.index, loaded.removeAtMs);
        }
        if (loaded.tickAtMs != 0) {
            tables.timers.schedule(TimerKinds.FRAMEWORK_TICK, loaded.index, loaded.tickAtMs);
        }
        if (loaded.state == FrameworkState.COMPLETED) {
            allocator.frameworks().deactivate(loaded.index);
        } else {
            counting.add(
                    loaded.state == FrameworkState.ACTIVE
                            ? MasterCounter.FRAMEWORKS_ACTIVE
                            : MasterCounter.FRAMEWORKS_DISCONNECTED,
                    1);
        }
    }

    private void describe(Agent loaded) {
        AgentRecordDecoder.ScalarsDecoder scalars = agent.scalars();
        while (scalars.hasNext()) {
            scalars.next();
            loaded.total.scalar(scalars.kind(), scalars.total());
        }
        AgentRecordDecoder.RangesDecoder ranges = agent.ranges();
        while (ranges.hasNext()) {
            ranges.next();
            loaded.total.addRange(ranges.kind(), ranges.begin(), ranges.end());
        }
        AgentRecordDecoder.AttributesDecoder attributes = agent.attributes();
        loaded.attributes = new byte[attributes.count() * 2][];
        int at = 0;
        while (attributes.hasNext()) {
            attributes.next();
            byte[] name = new byte[attributes.nameLength()];
            attributes.getName(name, 0, name.length);
            byte[] value = new byte[attributes.valueLength()];
            attributes.getValue(value, 0, value.length);
            loaded.attributes[at++] = name;
            loaded.attributes[at++] = value;
        }
        loaded.hostname = new byte[agent.hostnameLength()];
        agent.getHostname(loaded.hostname, 0, loaded.hostname.length);
        loaded.sandboxChannel = new byte[agent.sandboxChannelLength()];
        agent.getSandboxChannel(loaded.sandboxChannel, 0, loaded.sandboxChannel.length);
    }

    private void introduce(Agent loaded) {
        tables.agents.sum(loaded);
        allocator.agents().add(loaded.index, loaded.total);
        allocator.agents().describe(loaded.index, AgentInfos.of(loaded));
        allocator.agents().setActive(loaded.index, loaded.state == AgentState.ACTIVE);
        counting.add(
                switch (loaded.state) {
                    case ACTIVE -> MasterCounter.AGENTS_ACTIVE;
                    case REGISTERING -> MasterCounter.AGENTS_REGISTERING;
                    case DISCONNECTED, REMOVED, NULL_VAL -> MasterCounter.AGENTS_DISCONNECTED;
                },
                1);
        if (loaded.state == AgentState.DISCONNECTED) {
            long deadlineMs = loaded.unreachableAtMs != 0 ? loaded.unreachableAtMs : loaded.removeAtMs;
            tables.timers.schedule(TimerKinds.AGENT, loaded.index, deadlineMs);
        }
    }

    private Session sessionOf(long sessionId) {
        return SnapshotLoader.known(tables.sessions.byId(sessionId), "session", sessionId);
    }

    private Framework frameworkOf(long frameworkId) {
        return SnapshotLoader.known(tables.frameworks.byId(frameworkId), "framework", frameworkId);
    }

    private Agent agentOf(long agentId) {
        return SnapshotLoader.known(tables.agents.byId(agentId), "agent", agentId);
    }
}
