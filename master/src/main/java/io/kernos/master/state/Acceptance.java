package io.kernos.master.state;

import io.kernos.allocator.RangeSet;
import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;
import io.kernos.transport.codecs.AcceptOffersDecoder;
import io.kernos.transport.codecs.DeclineOffersDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/** What frameworks do with their offers. */
final class Acceptance {
    /** Longest that a framework may refuse an agent; more counts as this. */
    private static final long MAX_REFUSE_MS = 365L * 86_400_000;

    private final OfferTable table;
    private final Offers offers;
    private final Demands demands;
    private final TaskTable tasks;
    private final TaskLife life;
    private final Launcher launcher;
    private final Ledger ledger;
    private final Projection projection;
    private final Counting counting;
    private final Resources left = new Resources();
    private final RangeSet ports = new RangeSet();
    private final Chain<Offer> named = new Chain<>();
    private final Text why = new Text();

    Acceptance(
            Tables tables,
            Offers offers,
            Demands demands,
            TaskLife life,
            Launcher launcher,
            Ledger ledger,
            StateContext context) {
        this.table = tables.offers;
        this.offers = offers;
        this.demands = demands;
        this.tasks = tables.tasks;
        this.life = life;
        this.launcher = launcher;
        this.ledger = ledger;
        this.projection = tables.projection;
        this.counting = context.counting();
    }

    void accept(Request request, Framework framework, AcceptOffersDecoder message, long nowMs) {
        long refuseMs = message.refuseMs();
        if (isBadRefusal(request, refuseMs) || isBadOrder(request, message)) {
            return;
        }
        boolean isWhole = name(framework, message.offers());
        AcceptOffersDecoder.LaunchesDecoder launches = message.launches();
        if (launches.count() > demands.room()) {
            forgetNames();
            request.why().put("launches=").put(launches.count()).put(" would exceed the limit maxTasks, which leaves ");
            request.text().put(Math.max(0, demands.room())).put("; wait for tasks to end, or raise the limit");
            request.refuse(RefusalCode.LIMIT_REACHED);
            return;
        }
        Agent agent = named.isEmpty() ? null : named.first().agent;
        if (isWhole && agent != null) {
            launchAll(framework, agent, launches, refuseMs, nowMs);
        } else {
            giveBackNamed();
            dropAll(framework, launches, nowMs);
        }
    }

    void decline(Request request, Framework framework, DeclineOffersDecoder message, long nowMs) {
        long refuseMs = message.refuseMs();
        if (isBadRefusal(request, refuseMs)) {
            return;
        }
        DeclineOffersDecoder.OffersDecoder ids = message.offers();
        while (ids.hasNext()) {
            Offer offer = table.byId(ids.next().offerId());
            if (offer != null && offer.framework == framework) {
                counting.add(MasterCounter.OFFERS_DECLINED, 1);
                offers.filter(framework, offer.agent, offer.resources, Math.min(refuseMs, MAX_REFUSE_MS), nowMs);
                offers.recover(offer);
            }
        }
    }

    private static boolean isBadRefusal(Request request, long refuseMs) {
        if (refuseMs >= 0) {
            return false;
        }
        request.why().put("refuseMs=").put(refuseMs).put(" must not be negative; 0 means no filter");
        request.refuse(RefusalCode.INVALID_VALUE);
        return true;
    }

    /** Refuses task ids that do not ascend: the later one would pass for a repeat. Leaves the message at its start. */
    private static boolean isBadOrder(Request request, AcceptOffersDecoder message) {
        AcceptOffersDecoder.OffersDecoder ids = message.offers();
        while (ids.hasNext()) {
            ids.next();
        }
        AcceptOffersDecoder.LaunchesDecoder launches = message.launches();
        long previousTaskId = 0;
        while (launches.hasNext()) {
            long taskId = launches.next().taskId();
            if (taskId <= previousTaskId || taskId > Submissions.MAX_TASK_ID) {
                request.why()
                        .put("launches.taskId=")
                        .put(taskId)
                        .put(" must be from ")
                        .put(previousTaskId + 1);
                request.text().put(" to ").put(Submissions.MAX_TASK_ID).put(": the ids of one message ascend");
                request.refuse(RefusalCode.INVALID_VALUE);
                return true;
            }
            previousTaskId = taskId;
        }
        message.sbeRewind();
        return false;
    }

    /** Collects the offers that are named; false if not all are there, this framework's, and of one agent. */
    private boolean name(Framework framework, AcceptOffersDecoder.OffersDecoder ids) {
        boolean isWhole = true;
        while (ids.hasNext()) {
            Offer offer = table.byId(ids.next().offerId());
            if (offer == null || offer.framework != framework || offer.inNamed.isLinked()) {
                isWhole = false;
            } else {
                named.append(offer.inNamed);
                isWhole &= offer.agent == named.first().agent;
            }
        }
        return isWhole;
    }

    private void forgetNames() {
        while (!named.isEmpty()) {
            named.poll();
        }
    }

    private void giveBackNamed() {
        for (Offer offer = named.poll(); offer != null; offer = named.poll()) {
            counting.add(MasterCounter.OFFERS_DECLINED, 1);
            offers.recover(offer);
        }
    }

    private void dropAll(Framework framework, AcceptOffersDecoder.LaunchesDecoder launches, long nowMs) {
        while (launches.hasNext()) {
            launches.next();
            if (isNew(framework, launches.taskId())) {
                why.start().put("offers: not all are known, of this framework and of one agent; they may be rescinded");
                end(framework, launches, TaskState.DROPPED, TaskReason.INVALID_OFFERS, 0, nowMs);
            }
        }
    }

    private void launchAll(
            Framework framework, Agent agent, AcceptOffersDecoder.LaunchesDecoder launches, long refuseMs, long nowMs) {
        left.clear();
        for (Offer offer = named.poll(); offer != null; offer = named.poll()) {
            left.add(offer.resources);
            offers.forget(offer);
            counting.add(MasterCounter.OFFERS_ACCEPTED, 1);
        }
        while (launches.hasNext()) {
            launches.next();
            if (isNew(framework, launches.taskId())) {
                launch(framework, agent, launches, nowMs);
            }
        }
        if (!left.isEmpty()) {
            offers.filter(framework, agent, left, Math.min(refuseMs, MAX_REFUSE_MS), nowMs);
            ledger.recoverOffered(agent, framework, left);
        }
    }

    private void launch(Framework framework, Agent agent, AcceptOffersDecoder.LaunchesDecoder launch, long nowMs) {
        Template template = framework.templateById.get(launch.templateId());
        if (template == null) {
            why.start().put("templateId=").put(launch.templateId()).put(" was never registered; register it first");
            end(framework, launch, TaskState.ERROR, TaskReason.TASK_INVALID, agent.id, nowMs);
        } else if (isTooLarge(template)) {
            end(framework, launch, TaskState.ERROR, TaskReason.TASK_INVALID, agent.id, nowMs);
        } else {
            ports.clear();
            left.range(ResourceKinds.PORTS).copyLowestMissing(template.portCount, ports);
            Resources used = ledger.of(template, ports);
            left.subtract(used);
            ledger.use(agent, framework, used);
            launcher.launch(template, agent, launch.taskId(), 0, ports, nowMs);
        }
    }

    private boolean isTooLarge(Template template) {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (template.perTask.scalar(kind) > left.scalar(kind)) {
                why.start()
                        .put(ResourceCodec.scalarName(kind))
                        .put(" (kind ")
                        .put(kind)
                        .put("): the task needs ");
                why.put(template.perTask.scalar(kind))
                        .put(", the offers have ")
                        .put(left.scalar(kind))
                        .put(" left");
                return true;
            }
        }
        long portsLeft = left.range(ResourceKinds.PORTS).count();
        if (template.portCount > portsLeft) {
            why.start().put("ports: the task needs ").put(template.portCount).put(", the offers have ");
            why.put(portsLeft).put(" left");
            return true;
        }
        return false;
    }

    /** Whether a task's id was never used before; it is from now on. */
    private boolean isNew(Framework framework, long taskId) {
        if (taskId <= framework.lastTaskId) {
            return false;
        }
        framework.lastTaskId = taskId;
        projection.changed(framework);
        return true;
    }

    private void end(
            Framework framework,
            AcceptOffersDecoder.LaunchesDecoder launch,
            TaskState state,
            TaskReason reason,
            long agentId,
            long nowMs) {
        Template template = framework.templateById.get(launch.templateId());
        Task task = tasks.add(framework, template, launch.templateId(), launch.taskId());
        task.agentId = agentId;
        task.createdMs = nowMs;
        task.message(why.buffer(), 0, why.length());
        life.change(task, state, reason, nowMs);
    }
}
