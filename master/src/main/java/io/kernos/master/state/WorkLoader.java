package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.allocator.RangeSet;
import io.kernos.allocator.Resources;
import io.kernos.transport.codecs.DemandRecordDecoder;
import io.kernos.transport.codecs.FilterRecordDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OfferRecordDecoder;
import io.kernos.transport.codecs.TaskRecordDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Loads demands, tasks, offers and filters, and puts what waits in queues back into them. */
final class WorkLoader {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DemandRecordDecoder demand = new DemandRecordDecoder();
    private final TaskRecordDecoder task = new TaskRecordDecoder();
    private final OfferRecordDecoder offer = new OfferRecordDecoder();
    private final FilterRecordDecoder filter = new FilterRecordDecoder();
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private final Resources refused = new Resources();
    private final List<Task> queued = new ArrayList<>();
    private final List<Demand> killed = new ArrayList<>();
    private final Tables tables;
    private final Allocator allocator;
    private final Ledger ledger;
    private final Counting counting;

    WorkLoader(Parts parts) {
        this.tables = parts.tables;
        this.allocator = parts.allocator;
        this.ledger = parts.ledger;
        this.counting = parts.context.counting();
    }

    void demand(DirectBuffer buffer, int offset) {
        demand.wrapAndApplyHeader(buffer, offset, header);
        Framework framework = frameworkOf(demand.frameworkId());
        Template template = framework.templateById.get(demand.templateId());
        Demand loaded = tables.demands.load(
                demand.demandIndex(),
                framework,
                SnapshotLoader.known(template, "template", demand.templateId()),
                demand.submitFirstTaskId(),
                demand.firstTaskId(),
                demand.nextTaskId(),
                demand.waitingCount());
        loaded.createdMs = demand.createdMs();
        loaded.killedStamp = demand.killedStamp();
        if (loaded.isKilled()) {
            framework.killedPendingCount += loaded.waiting;
            killed.add(loaded);
            tables.demands.starve(loaded);
            return;
        }
        framework.pendingCount += loaded.waiting;
        counting.add(MasterCounter.TASKS_PENDING, loaded.waiting);
        tables.demands.released(loaded, demand.releasedCount());
        allocator
                .demands()
                .add(
                        loaded.index,
                        framework.index,
                        loaded.firstTaskId,
                        template.perTask,
                        template.portCount,
                        loaded.released);
    }

    void task(DirectBuffer buffer, int offset) {
        task.wrapAndApplyHeader(buffer, offset, header);
        Framework framework = frameworkOf(task.frameworkId());
        Template template = framework.templateById.get(task.templateId());
        Task loaded = tables.tasks.add(framework, template, task.templateId(), task.taskId());
        describe(loaded);
        if (loaded.isFinal()) {
            counting.add(MasterCounter.TASKS_UNACKNOWLEDGED, 1);
        } else {
            place(loaded);
        }
        if (Updates.isOnTheWay(loaded)) {
            framework.inFlight++;
        }
        if (loaded.queueStamp != 0) {
            queued.add(loaded);
        }
    }

    void offer(DirectBuffer buffer, int offset) {
        offer.wrapAndApplyHeader(buffer, offset, header);
        Framework framework = frameworkOf(offer.frameworkId());
        Agent agent = agentOf(offer.agentId());
        long createdMs = offer.createdMs();
        Resources part = new Resources();
        OfferRecordDecoder.ScalarsDecoder scalars = offer.scalars();
        while (scalars.hasNext()) {
            scalars.next();
            part.scalar(scalars.kind(), scalars.amount());
        }
        OfferRecordDecoder.RangesDecoder ranges = offer.ranges();
        while (ranges.hasNext()) {
            ranges.next();
            part.addRange(ranges.kind(), ranges.begin(), ranges.end());
        }
        Offer known = tables.offers.byId(offer.offerId());
        if (known == null) {
            tables.offers.load(offer.offerId(), framework, agent, part, createdMs);
            counting.add(MasterCounter.OFFERS_OUTSTANDING, 1);
        } else {
            known.resources.add(part);
        }
        agent.offered.add(part);
        allocator.grants().addOffered(agent.index, framework.index, part);
    }

    void filter(DirectBuffer buffer, int offset) {
        filter.wrapAndApplyHeader(buffer, offset, header);
        Agent agent = agentOf(filter.agentId());
        if (filter.actingVersion() < FilterRecordDecoder.intervalsToFollowSinceVersion()) {
            // Written when filters did not know what was refused, and held for all that the agent had.
            refused.copyFrom(agent.total);
        } else {
            FilterRecords.decode(filter, refused);
            if (filter.intervalsToFollow() > 0) {
                return;
            }
        }
        allocator.filters().add(frameworkOf(filter.frameworkId()).index, agent.index, refused, filter.untilMs());
        refused.clear();
    }

    /** Puts what waits in queues back into them. */
    void finish() {
        queued.sort(Comparator.comparingLong(each -> each.queueStamp));
        for (Task each : queued) {
            each.framework.queue.append(each.inQueue);
        }
        killed.sort(Comparator.comparingLong(each -> each.killedStamp));
        for (Demand each : killed) {
            each.framework.killedDemands.append(each.inKilled);
        }
        queued.clear();
        killed.clear();
    }

    private void describe(Task loaded) {
        loaded.agentId = task.agentId();
        loaded.relayedNs = task.relayedNs();
        loaded.receivedNs = task.receivedNs();
        loaded.startedNs = task.startedNs();
        loaded.endedNs = task.endedNs();
        loaded.createdMs = task.createdMs();
        loaded.updatedMs = task.updatedMs();
        loaded.taskIndex = task.taskIndex();
        loaded.exitStatus = task.exitStatus();
        loaded.sequence = task.sequence();
        loaded.acknowledgedSequence = task.acknowledgedSequence();
        loaded.sentSequence = task.sentSequence();
        loaded.queueStamp = task.queueStamp();
        loaded.state = task.state();
        loaded.progress = task.progress();
        loaded.reason = task.reason();
        loaded.killRequested = task.killRequested() != 0;
        loaded.killGraceMs = task.killGraceMs();
        loaded.listed = task.listed() != 0;
        loaded.answerWanted = task.answerWanted() != 0;
        TaskRecordDecoder.RangesDecoder ranges = task.ranges();
        if (ranges.count() > 0) {
            loaded.ports = new RangeSet();
        }
        while (ranges.hasNext()) {
            ranges.next();
            loaded.ports.add(ranges.begin(), ranges.end());
        }
        task.wrapMessage(text);
        loaded.message(text, 0, text.capacity());
    }

    private void place(Task loaded) {
        loaded.agent = agentOf(loaded.agentId);
        loaded.agent.tasks.append(loaded.inAgent);
        loaded.framework.liveCount++;
        counting.add(MasterCounter.TASKS_LIVE, 1);
        Resources used = ledger.of(SnapshotLoader.known(loaded.template, "template", loaded.templateId), loaded.ports);
        allocator.grants().addUsed(loaded.agent.index, loaded.framework.index, used);
        loaded.agent.used.add(used);
    }

    private Framework frameworkOf(long frameworkId) {
        return SnapshotLoader.known(tables.frameworks.byId(frameworkId), "framework", frameworkId);
    }

    private Agent agentOf(long agentId) {
        return SnapshotLoader.known(tables.agents.byId(agentId), "agent", agentId);
    }
}
