package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.transport.codecs.FilterRecordEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.RelayRecordEncoder;
import io.kernos.transport.codecs.SessionRecordEncoder;
import io.kernos.transport.codecs.SnapshotBeginEncoder;
import io.kernos.transport.codecs.SnapshotEndEncoder;
import io.kernos.transport.codecs.StrayRecordEncoder;
import io.kernos.transport.codecs.ToldRecordEncoder;

/**
 * Writes all state as records, in an order that does not depend on how it came to be: what a record names comes before
 * it; tasks and offers come in the order in which they were made.
 */
final class SnapshotWriter {
    /** Which rules decide. */
    static final int BEHAVIOUR_VERSION = 1;

    private final Tables tables;
    private final Allocator allocator;
    private final Records records = new Records();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private RecordSink sink;
    private long count;

    SnapshotWriter(Tables tables, Allocator allocator) {
        this.tables = tables;
        this.allocator = allocator;
    }

    void write(RecordSink sink, long nowMs) {
        this.sink = sink;
        count = 0;
        writeBegin(nowMs);
        writeSessions();
        writeFrameworks();
        writeAgents();
        writeDemands();
        for (Task task = tables.tasks.first(); task != null; task = task.inAll.after()) {
            putRecord(records.task(task, false));
        }
        for (Offer offer = tables.offers.first(); offer != null; offer = offer.inAll.after()) {
            writeOffer(offer);
        }
        writeFilters();
        SnapshotEndEncoder end = new SnapshotEndEncoder();
        end.wrapAndApplyHeader(records.buffer(), 0, header).recordCount(count);
        put(end.encodedLength());
        this.sink = null;
    }

    private void writeBegin(long nowMs) {
        SnapshotBeginEncoder begin = new SnapshotBeginEncoder();
        begin.wrapAndApplyHeader(records.buffer(), 0, header)
                .clusterTimeMs(nowMs)
                .nextFrameworkId(tables.frameworks.nextId())
                .nextAgentId(tables.agents.nextId())
                .nextOfferId(tables.offers.nextId())
                .behaviourVersion(BEHAVIOUR_VERSION)
                .nextStamp(tables.stamps.peek())
                .clusterId(tables.agents.clusterId());
        put(begin.encodedLength());
    }

    private void writeSessions() {
        SessionRecordEncoder session = new SessionRecordEncoder();
        RelayRecordEncoder relay = new RelayRecordEncoder();
        for (Session each = tables.sessions.from(0); each != null; each = tables.sessions.from(each.index + 1)) {
            session.wrapAndApplyHeader(records.buffer(), 0, header)
                    .sessionId(each.id)
                    .sessionIndex(each.index);
            put(session.encodedLength());
            if (each.relay != null) {
                relay.wrapAndApplyHeader(records.buffer(), 0, header)
                        .relayId(each.relay.id)
                        .sessionId(each.id)
                        .putName(each.relay.name, 0, each.relay.name.length);
                put(relay.encodedLength());
            }
        }
    }

    private void writeFrameworks() {
        for (Role role = tables.roles.from(0); role != null; role = tables.roles.from(role.index + 1)) {
            putRecord(records.role(role));
        }
        for (Framework each = tables.frameworks.from(0); each != null; each = tables.frameworks.from(each.index + 1)) {
            putRecord(records.framework(each));
            for (Template template : each.templates) {
                putRecord(records.template(template));
            }
        }
    }

    private void writeAgents() {
        ToldRecordEncoder toldRecord = new ToldRecordEncoder();
        StrayRecordEncoder strayRecord = new StrayRecordEncoder();
        for (Agent agent = tables.agents.from(0); agent != null; agent = tables.agents.from(agent.index + 1)) {
            putRecord(records.agent(agent));
            for (Told told = agent.told.first(); told != null; told = told.inAgent.after()) {
                toldRecord
                        .wrapAndApplyHeader(records.buffer(), 0, header)
                        .agentId(agent.id)
                        .frameworkId(told.template.framework.id)
                        .templateId(told.template.id);
                put(toldRecord.encodedLength());
            }
            for (int i = 0; i < agent.strays.size(); i += 2) {
                strayRecord
                        .wrapAndApplyHeader(records.buffer(), 0, header)
                        .agentId(agent.id)
                        .frameworkId(agent.strays.getLong(i))
                        .taskId(agent.strays.getLong(i + 1));
                put(strayRecord.encodedLength());
            }
        }
    }

    private void writeDemands() {
        for (Demand demand = tables.demands.from(0); demand != null; demand = tables.demands.from(demand.index + 1)) {
            putRecord(records.demand(demand));
        }
    }

    private void writeOffer(Offer offer) {
        int intervals = ResourceCodec.intervalCount(offer.resources);
        int written = 0;
        do {
            putRecord(records.offer(offer, written));
            written += Records.MAX_INTERVALS;
        } while (written < intervals);
    }

    private void writeFilters() {
        FilterRecordEncoder filterRecord = new FilterRecordEncoder();
        for (FilterRecords.Filter filter : FilterRecords.of(allocator)) {
            int written = 0;
            do {
                filterRecord
                        .wrapAndApplyHeader(records.buffer(), 0, header)
                        .frameworkId(tables.frameworks.byIndex(filter.frameworkIndex()).id)
                        .agentId(tables.agents.byIndex(filter.agentIndex()).id)
                        .untilMs(filter.untilMs());
                written += FilterRecords.encode(filterRecord, filter.refused(), written);
                put(filterRecord.encodedLength());
            } while (written < ResourceCodec.intervalCount(filter.refused()));
        }
    }

    private void put(int encodedLength) {
        putRecord(MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    private void putRecord(int length) {
        count++;
        sink.onRecord(records.buffer(), 0, length);
    }
}
