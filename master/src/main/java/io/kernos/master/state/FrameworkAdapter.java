package io.kernos.master.state;

import io.kernos.transport.codecs.AcceptOffersDecoder;
import io.kernos.transport.codecs.AcknowledgeUpdatesDecoder;
import io.kernos.transport.codecs.DeclineOffersDecoder;
import io.kernos.transport.codecs.KillTasksDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OperatorKillDecoder;
import io.kernos.transport.codecs.ReconcileTasksDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RegisterTemplateDecoder;
import io.kernos.transport.codecs.ReviveOffersDecoder;
import io.kernos.transport.codecs.SubmitTasksDecoder;
import io.kernos.transport.codecs.SubscribeFrameworkDecoder;
import io.kernos.transport.codecs.SuppressOffersDecoder;
import io.kernos.transport.codecs.UnsubscribeFrameworkDecoder;
import org.agrona.DirectBuffer;

/** Decodes what frameworks and operators send. Messages are sound in their structure when they come here. */
final class FrameworkAdapter {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SubscribeFrameworkDecoder subscribe = new SubscribeFrameworkDecoder();
    private final UnsubscribeFrameworkDecoder unsubscribe = new UnsubscribeFrameworkDecoder();
    private final RegisterTemplateDecoder registerTemplate = new RegisterTemplateDecoder();
    private final AcceptOffersDecoder accept = new AcceptOffersDecoder();
    private final DeclineOffersDecoder decline = new DeclineOffersDecoder();
    private final ReviveOffersDecoder revive = new ReviveOffersDecoder();
    private final SuppressOffersDecoder suppress = new SuppressOffersDecoder();
    private final KillTasksDecoder kill = new KillTasksDecoder();
    private final AcknowledgeUpdatesDecoder acknowledge = new AcknowledgeUpdatesDecoder();
    private final ReconcileTasksDecoder reconcile = new ReconcileTasksDecoder();
    private final SubmitTasksDecoder submit = new SubmitTasksDecoder();
    private final OperatorKillDecoder operatorKill = new OperatorKillDecoder();

    private final FrameworkTable table;
    private final Frameworks frameworks;
    private final Templates templates;
    private final Acceptance acceptance;
    private final Submissions submissions;
    private final Kills kills;
    private final Updates updates;
    private final Reconciliation reconciliation;
    private final FrameworkPublisher publisher;

    FrameworkAdapter(
            Tables tables,
            Publishers publishers,
            Frameworks frameworks,
            Templates templates,
            Acceptance acceptance,
            Submissions submissions,
            Kills kills,
            Updates updates,
            Reconciliation reconciliation) {
        this.table = tables.frameworks;
        this.frameworks = frameworks;
        this.templates = templates;
        this.acceptance = acceptance;
        this.submissions = submissions;
        this.kills = kills;
        this.updates = updates;
        this.reconciliation = reconciliation;
        this.publisher = publishers.frameworks;
    }

    /** Carries a message out, or refuses it; false if its template is none of these. */
    boolean onMessage(Request request, long nowMs, DirectBuffer buffer, int offset, int length) {
        switch (request.templateId) {
            case SubscribeFrameworkDecoder.TEMPLATE_ID -> onSubscribe(request, nowMs, buffer, offset);
            case UnsubscribeFrameworkDecoder.TEMPLATE_ID -> onUnsubscribe(request, buffer, offset);
            case RegisterTemplateDecoder.TEMPLATE_ID -> onRegisterTemplate(request, buffer, offset, length);
            case AcceptOffersDecoder.TEMPLATE_ID -> onAccept(request, nowMs, buffer, offset);
            case DeclineOffersDecoder.TEMPLATE_ID -> onDecline(request, nowMs, buffer, offset);
            case ReviveOffersDecoder.TEMPLATE_ID -> onRevive(request, buffer, offset);
            case SuppressOffersDecoder.TEMPLATE_ID -> onSuppress(request, buffer, offset);
            case KillTasksDecoder.TEMPLATE_ID -> onKill(request, buffer, offset);
            case AcknowledgeUpdatesDecoder.TEMPLATE_ID -> onAcknowledge(request, buffer, offset);
            case ReconcileTasksDecoder.TEMPLATE_ID -> onReconcile(request, buffer, offset);
            case SubmitTasksDecoder.TEMPLATE_ID -> onSubmit(request, nowMs, buffer, offset);
            case OperatorKillDecoder.TEMPLATE_ID -> onOperatorKill(request, buffer, offset);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onSubscribe(Request request, long nowMs, DirectBuffer buffer, int offset) {
        subscribe.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = subscribe.correlationId();
        frameworks.subscribe(request, new Subscription(subscribe), nowMs);
    }

    private void onUnsubscribe(Request request, DirectBuffer buffer, int offset) {
        unsubscribe.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = unsubscribe.correlationId();
        Framework framework = own(request, unsubscribe.frameworkId());
        if (framework != null) {
            frameworks.unsubscribe(framework, request.correlationId);
        }
    }

    private void onRegisterTemplate(Request request, DirectBuffer buffer, int offset, int length) {
        registerTemplate.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = registerTemplate.correlationId();
        Framework framework = own(request, registerTemplate.frameworkId());
        if (framework != null) {
            templates.register(request, framework, buffer, offset, length);
        }
    }

    private void onAccept(Request request, long nowMs, DirectBuffer buffer, int offset) {
        accept.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = accept.correlationId();
        Framework framework = own(request, accept.frameworkId());
        if (framework != null) {
            acceptance.accept(request, framework, accept, nowMs);
        }
    }

    private void onDecline(Request request, long nowMs, DirectBuffer buffer, int offset) {
        decline.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = decline.correlationId();
        Framework framework = own(request, decline.frameworkId());
        if (framework != null) {
            acceptance.decline(request, framework, decline, nowMs);
        }
    }

    private void onRevive(Request request, DirectBuffer buffer, int offset) {
        revive.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = revive.correlationId();
        Framework framework = own(request, revive.frameworkId());
        if (framework != null) {
            frameworks.revive(framework);
        }
    }

    private void onSuppress(Request request, DirectBuffer buffer, int offset) {
        suppress.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = suppress.correlationId();
        Framework framework = own(request, suppress.frameworkId());
        if (framework != null) {
            frameworks.suppress(framework);
        }
    }

    private void onKill(Request request, DirectBuffer buffer, int offset) {
        kill.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = kill.correlationId();
        Framework framework = own(request, kill.frameworkId());
        if (framework != null) {
            kills.kill(request, framework, kill.firstTaskId(), kill.count(), kill.graceMs());
        }
    }

    private void onAcknowledge(Request request, DirectBuffer buffer, int offset) {
        acknowledge.wrapAndApplyHeader(buffer, offset, header);
        Framework framework = own(request, acknowledge.frameworkId());
        if (framework == null) {
            return;
        }
        AcknowledgeUpdatesDecoder.UpdatesDecoder each = acknowledge.updates();
        while (each.hasNext()) {
            each.next();
            Task task = framework.taskById.get(each.taskId());
            if (task != null && !updates.acknowledge(task, each.sequence())) {
                request.why()
                        .put("updates.sequence=")
                        .put(each.sequence())
                        .put(" of task ")
                        .put(each.taskId());
                request.text().put(" was not sent yet; acknowledge what was received");
                request.refuse(RefusalCode.INVALID_VALUE);
            }
        }
    }

    private void onReconcile(Request request, DirectBuffer buffer, int offset) {
        reconcile.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = reconcile.correlationId();
        Framework framework = own(request, reconcile.frameworkId());
        if (framework != null) {
            reconciliation.reconcile(framework, reconcile);
        }
    }

    private void onSubmit(Request request, long nowMs, DirectBuffer buffer, int offset) {
        submit.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = submit.correlationId();
        Framework framework = own(request, submit.frameworkId());
        if (framework != null) {
            submissions.submit(request, framework, submit, nowMs);
        }
    }

    private void onOperatorKill(Request request, DirectBuffer buffer, int offset) {
        operatorKill.wrapAndApplyHeader(buffer, offset, header);
        request.correlationId = operatorKill.correlationId();
        Framework framework = table.byId(operatorKill.frameworkId());
        if (framework == null) {
            refuseUnknown(request, operatorKill.frameworkId());
            return;
        }
        long firstTaskId = operatorKill.firstTaskId();
        int graceMs = operatorKill.graceMs();
        long killed = firstTaskId == 0
                ? kills.killEach(request, framework, graceMs)
                : kills.kill(request, framework, firstTaskId, operatorKill.count(), graceMs);
        if (killed >= 0) {
            int affected = (int) Math.min(killed, Integer.MAX_VALUE);
            publisher.operatorDone(request.session, request.correlationId, affected);
        }
    }

    /** The framework of this session, if that is the one named; else the message is refused. */
    private Framework own(Request request, long frameworkId) {
        Framework framework = request.session.framework;
        if (framework != null && framework.id == frameworkId) {
            return framework;
        }
        if (table.byId(frameworkId) == null) {
            refuseUnknown(request, frameworkId);
        } else {
            request.why()
                    .put("frameworkId=")
                    .put(frameworkId)
                    .put(" is not subscribed by this session; subscribe first");
            request.refuse(RefusalCode.NOT_SUBSCRIBED);
        }
        return null;
    }

    private static void refuseUnknown(Request request, long frameworkId) {
        request.why().put("frameworkId=").put(frameworkId).put(" is not there: it never was, or is completed; ");
        request.text().put("subscribe with 0 to join anew");
        request.refuse(RefusalCode.UNKNOWN_FRAMEWORK);
    }
}
