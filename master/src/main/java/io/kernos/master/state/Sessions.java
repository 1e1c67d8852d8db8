package io.kernos.master.state;

import io.kernos.transport.codecs.AgentState;

/** Sessions open and close, and are told again what a leader that went away may have left unsent. */
final class Sessions {
    private final Tables tables;
    private final Publishers publishers;
    private final Frameworks frameworks;
    private final Relays relays;
    private final Registrations registrations;
    private final Counting counting;

    Sessions(
            Tables tables,
            Publishers publishers,
            Frameworks frameworks,
            Relays relays,
            Registrations registrations,
            StateContext context) {
        this.tables = tables;
        this.publishers = publishers;
        this.frameworks = frameworks;
        this.relays = relays;
        this.registrations = registrations;
        this.counting = context.counting();
    }

    void open(long sessionId) {
        if (tables.sessions.byId(sessionId) != null) {
            return;
        }
        if (tables.sessions.isFull()) {
            publishers.out.close(sessionId);
            return;
        }
        tables.sessions.add(sessionId);
        counting.add(MasterCounter.SESSIONS, 1);
    }

    void close(long sessionId, long nowMs) {
        Session session = tables.sessions.byId(sessionId);
        if (session == null) {
            return;
        }
        if (session.framework != null) {
            frameworks.disconnect(session.framework, nowMs);
        }
        if (session.relay != null) {
            relays.lose(session.relay, nowMs);
        }
        tables.sessions.remove(session);
        counting.add(MasterCounter.SESSIONS, -1);
    }

    void resendAll() {
        for (Session each = tables.sessions.from(0); each != null; each = tables.sessions.from(each.index + 1)) {
            resend(each);
        }
    }

    void resend(long sessionId) {
        Session session = tables.sessions.byId(sessionId);
        if (session != null) {
            resend(session);
        }
    }

    private void resend(Session session) {
        if (session.framework != null) {
            frameworks.repeat(session.framework);
        }
        if (session.relay == null) {
            return;
        }
        publishers.agents.relayConnected(session.relay);
        for (Agent agent = tables.agents.from(0); agent != null; agent = tables.agents.from(agent.index + 1)) {
            if (agent.relay == session.relay) {
                if (agent.state == AgentState.ACTIVE) {
                    tables.told.forget(agent);
                }
                registrations.repeat(agent);
            }
        }
    }
}
