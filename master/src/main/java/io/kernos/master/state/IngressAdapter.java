package io.kernos.master.state;

import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.RefusalCode;
import org.agrona.DirectBuffer;

/** Takes every message in: checks its structure, then gives it to whom it is for. */
final class IngressAdapter {
    private final SessionTable sessions;
    private final FrameworkAdapter frameworks;
    private final AgentAdapter agents;
    private final Request request;
    private final Counting counting;

    IngressAdapter(
            Tables tables, FrameworkAdapter frameworks, AgentAdapter agents, Request request, StateContext context) {
        this.sessions = tables.sessions;
        this.frameworks = frameworks;
        this.agents = agents;
        this.request = request;
        this.counting = context.counting();
    }

    void onMessage(long sessionId, long nowMs, DirectBuffer buffer, int offset, int length) {
        counting.add(MasterCounter.MESSAGES, 1);
        Session session = sessions.byId(sessionId);
        RefusalCode refusal = MessageCheck.check(buffer, offset, length);
        if (session == null) {
            request.count(refusal == MessageCheck.OK ? RefusalCode.NOT_SUBSCRIBED : refusal);
            return;
        }
        if (refusal != MessageCheck.OK) {
            request.begin(session, length >= Long.BYTES ? MessageCheck.templateId(buffer, offset) : 0);
            request.why().put("a message of ").put(length).put(" bytes is not as the schema says; ");
            request.text().put("check the versions of both sides");
            request.refuse(refusal);
            return;
        }
        request.begin(session, MessageCheck.templateId(buffer, offset));
        if (!frameworks.onMessage(request, nowMs, buffer, offset, length)
                && !agents.onMessage(request, nowMs, buffer, offset, length)) {
            request.why().put("template ").put(request.templateId).put(" is none that the master takes");
            request.refuse(RefusalCode.WRONG_DIRECTION);
        }
    }
}
