package io.kernos.master.state;

import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.AgentRecordDecoder;
import io.kernos.transport.codecs.DemandRecordDecoder;
import io.kernos.transport.codecs.FilterRecordDecoder;
import io.kernos.transport.codecs.FrameworkRecordDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OfferRecordDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RelayRecordDecoder;
import io.kernos.transport.codecs.RoleRecordDecoder;
import io.kernos.transport.codecs.SessionRecordDecoder;
import io.kernos.transport.codecs.SnapshotBeginDecoder;
import io.kernos.transport.codecs.SnapshotEndDecoder;
import io.kernos.transport.codecs.StrayRecordDecoder;
import io.kernos.transport.codecs.TaskRecordDecoder;
import io.kernos.transport.codecs.TemplateRecordDecoder;
import io.kernos.transport.codecs.ToldRecordDecoder;
import org.agrona.DirectBuffer;

/** Takes the records of a snapshot, as {@link SnapshotWriter} writes them, into tables that are empty. */
final class SnapshotLoader {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotBeginDecoder begin = new SnapshotBeginDecoder();
    private final SnapshotEndDecoder end = new SnapshotEndDecoder();
    private final Parts parts;
    private final PartyLoader parties;
    private final WorkLoader work;
    private long count;
    private boolean hasBegun;
    private long nowMs;

    SnapshotLoader(Parts parts) {
        this.parts = parts;
        parties = new PartyLoader(parts);
        work = new WorkLoader(parts);
    }

    /** The cluster's time when the snapshot was written. */
    long nowMs() {
        return nowMs;
    }

    /** Takes a record; true if it was the last. */
    boolean load(DirectBuffer buffer, int offset, int length) {
        RefusalCode refusal = MessageCheck.check(buffer, offset, length);
        if (refusal != MessageCheck.OK) {
            throw new IllegalArgumentException("record " + count + " of the snapshot: " + refusal);
        }
        int templateId = MessageCheck.templateId(buffer, offset);
        if (hasBegun == (templateId == SnapshotBeginDecoder.TEMPLATE_ID)) {
            throw new IllegalArgumentException("record " + count + " of the snapshot has template " + templateId
                    + "; it must begin with SnapshotBegin, once");
        }
        hasBegun = true;
        if (templateId == SnapshotEndDecoder.TEMPLATE_ID) {
            end(buffer, offset);
            return true;
        }
        dispatch(templateId, buffer, offset);
        count++;
        return false;
    }

    private void dispatch(int templateId, DirectBuffer buffer, int offset) {
        switch (templateId) {
            case SnapshotBeginDecoder.TEMPLATE_ID -> begin(buffer, offset);
            case SessionRecordDecoder.TEMPLATE_ID -> parties.session(buffer, offset);
            case RelayRecordDecoder.TEMPLATE_ID -> parties.relay(buffer, offset);
            case RoleRecordDecoder.TEMPLATE_ID -> parties.role(buffer, offset);
            case FrameworkRecordDecoder.TEMPLATE_ID -> parties.framework(buffer, offset);
            case TemplateRecordDecoder.TEMPLATE_ID -> parties.template(buffer, offset);
            case AgentRecordDecoder.TEMPLATE_ID -> parties.agent(buffer, offset);
            case ToldRecordDecoder.TEMPLATE_ID -> parties.told(buffer, offset);
            case StrayRecordDecoder.TEMPLATE_ID -> parties.stray(buffer, offset);
            case DemandRecordDecoder.TEMPLATE_ID -> work.demand(buffer, offset);
            case TaskRecordDecoder.TEMPLATE_ID -> work.task(buffer, offset);
            case OfferRecordDecoder.TEMPLATE_ID -> work.offer(buffer, offset);
            case FilterRecordDecoder.TEMPLATE_ID -> work.filter(buffer, offset);
            default ->
                throw new IllegalArgumentException("record " + count + " of the snapshot has template " + templateId
                        + ", which is none of a snapshot");
        }
    }

    private void begin(DirectBuffer buffer, int offset) {
        begin.wrapAndApplyHeader(buffer, offset, header);
        if (begin.behaviourVersion() > SnapshotWriter.BEHAVIOUR_VERSION) {
            throw new IllegalArgumentException("the snapshot has behaviourVersion=" + begin.behaviourVersion()
                    + ", this build knows up to " + SnapshotWriter.BEHAVIOUR_VERSION + "; run a newer one");
        }
        nowMs = begin.clusterTimeMs();
        parts.tables.frameworks.nextId(begin.nextFrameworkId());
        parts.tables.agents.nextId(begin.nextAgentId());
        parts.tables.agents.clusterId(Math.max(0, begin.clusterId()));
        parts.tables.offers.nextId(begin.nextOfferId());
        parts.tables.stamps.restore(begin.nextStamp());
    }

    private void end(DirectBuffer buffer, int offset) {
        end.wrapAndApplyHeader(buffer, offset, header);
        if (end.recordCount() != count) {
            throw new IllegalArgumentException(
                    "the snapshot has " + count + " records, SnapshotEnd says recordCount=" + end.recordCount());
        }
        work.finish();
    }

    /** An object that another record names. */
    static <T> T known(T object, String what, long id) {
        if (object == null) {
            throw new IllegalArgumentException("the snapshot names " + what + " " + id + " before telling it");
        }
        return object;
    }
}
