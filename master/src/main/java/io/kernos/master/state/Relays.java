package io.kernos.master.state;

import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RelayConnectDecoder;

/** Relays come and go; with a relay's session go the connections of its agents. */
final class Relays {
    private final RelayTable table;
    private final SessionTable sessions;
    private final AgentTable agentTable;
    private final Agents agents;
    private final AgentPublisher publisher;
    private final Outbound out;
    private final Counting counting;

    Relays(Tables tables, Publishers publishers, Agents agents, StateContext context) {
        this.table = tables.relays;
        this.sessions = tables.sessions;
        this.agentTable = tables.agents;
        this.agents = agents;
        this.publisher = publishers.agents;
        this.out = publishers.out;
        this.counting = context.counting();
    }

    void connect(Request request, RelayConnectDecoder message, long nowMs) {
        Session session = request.session;
        long relayId = message.relayId();
        Relay known = table.byId(relayId);
        if (session.framework != null) {
            request.why().put("this session is framework ").put(session.framework.id);
            request.text().put("; connect a relay over one of its own");
            request.refuse(RefusalCode.WRONG_DIRECTION);
        } else if (session.relay != null && session.relay != known) {
            request.why().put("this session is another relay; connect each over one of its own");
            request.refuse(RefusalCode.ALREADY_EXISTS);
        } else if (known == null && table.isFull()) {
            request.why().put("the limit maxRelays=").put(table.limit()).put(" is reached; raise it");
            request.refuse(RefusalCode.LIMIT_REACHED);
        } else if (session.relay != null) {
            publisher.relayConnected(known);
        } else {
            replace(known, nowMs);
            byte[] name = new byte[message.nameLength()];
            message.getName(name, 0, name.length);
            publisher.relayConnected(table.add(relayId, name, session));
            counting.add(MasterCounter.RELAYS, 1);
        }
    }

    /** A relay's session is gone. */
    void lose(Relay relay, long nowMs) {
        for (Agent agent = agentTable.from(0); agent != null; agent = agentTable.from(agent.index + 1)) {
            if (agent.relay == relay) {
                agents.disconnect(agent, nowMs);
            }
        }
        table.remove(relay);
        counting.add(MasterCounter.RELAYS, -1);
    }

    private void replace(Relay known, long nowMs) {
        if (known == null) {
            return;
        }
        lose(known, nowMs);
        sessions.remove(known.session);
        counting.add(MasterCounter.SESSIONS, -1);
        out.close(known.session.id);
    }
}
