package io.kernos.master.state;

import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;
import io.kernos.transport.Limits;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RegisterTemplateDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes templates in and forgets them with their frameworks. */
final class Templates {
    private static final int AFTER_CORRELATION_ID = MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RegisterTemplateDecoder decoder = new RegisterTemplateDecoder();
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private final ToldTable told;
    private final Projection projection;
    private final StateContext context;
    private int count;
    private long bytes;

    Templates(Tables tables, StateContext context) {
        this.told = tables.told;
        this.projection = tables.projection;
        this.context = context;
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    void register(Request request, Framework framework, DirectBuffer buffer, int offset, int length) {
        decoder.wrapAndApplyHeader(buffer, offset, header);
        int templateId = decoder.templateId();
        if (templateId >= 1 && templateId <= framework.lastTemplateId) {
            repeat(request, framework.templateById.get(templateId), templateId, buffer, offset, length);
            return;
        }
        Resources perTask = new Resources();
        if (isBadBlock(request, length)
                || isBadNeed(request, perTask)
                || isBadCommand(request)
                || isBeyondLimit(request, length)) {
            return;
        }
        byte[] definition = new byte[length];
        buffer.getBytes(offset, definition);
        add(framework, definition, perTask);
        framework.lastTemplateId = templateId;
        projection.changed(framework);
    }

    /** Takes a template of a snapshot in, which was sound when it was registered. */
    void load(Framework framework, byte[] definition) {
        decoder.wrapAndApplyHeader(new UnsafeBuffer(definition), 0, header);
        Resources perTask = new Resources();
        RegisterTemplateDecoder.ScalarsDecoder scalars = decoder.scalars();
        while (scalars.hasNext()) {
            scalars.next();
            perTask.scalar(scalars.kind(), scalars.amount());
        }
        add(framework, definition, perTask);
    }

    void forgetOf(Framework framework) {
        for (Template template : framework.templates) {
            told.forget(template);
            projection.removed(template);
            count--;
            bytes -= template.definition.length;
        }
        context.counting().add(MasterCounter.TEMPLATES, -framework.templates.size());
        framework.templates.clear();
        framework.templateById.clear();
    }

    private void add(Framework framework, byte[] definition, Resources perTask) {
        decoder.wrapAndApplyHeader(new UnsafeBuffer(definition), 0, header);
        int portCount = decoder.portCount();
        int killGraceMs = decoder.killGraceMs();
        int templateId = decoder.templateId();
        Template template = new Template(framework, templateId, definition, nameOf(), perTask, portCount, killGraceMs);
        framework.templateById.put(templateId, template);
        framework.templates.add(template);
        count++;
        bytes += definition.length;
        context.counting().add(MasterCounter.TEMPLATES, 1);
        projection.changed(template);
    }

    private byte[] nameOf() {
        decoder.sbeRewind();
        decoder.scalars().forEachRemaining(each -> {});
        decoder.arguments().forEachRemaining(RegisterTemplateDecoder.ArgumentsDecoder::skipValue);
        decoder.environment().forEachRemaining(each -> {
            each.skipName();
            each.skipValue();
        });
        byte[] name = new byte[decoder.nameLength()];
        decoder.getName(name, 0, name.length);
        return name;
    }

    private static void repeat(
            Request request, Template known, int templateId, DirectBuffer buffer, int offset, int length) {
        boolean isSame = known != null && known.definition.length == length;
        for (int i = AFTER_CORRELATION_ID; isSame && i < length; i++) {
            isSame = known.definition[i] == buffer.getByte(offset + i);
        }
        if (!isSame) {
            request.why().put("templateId=").put(templateId).put(" was registered before, and as something else; ");
            request.text().put("use the next id");
            request.refuse(RefusalCode.ALREADY_EXISTS);
        }
    }

    private boolean isBadBlock(Request request, int length) {
        if (length > Limits.MAX_TEMPLATE_BYTES) {
            request.why()
                    .put("the template has ")
                    .put(length)
                    .put(" bytes, the most are ")
                    .put(Limits.MAX_TEMPLATE_BYTES);
            request.text().put("; shorten its arguments or environment");
            request.refuse(RefusalCode.TOO_LONG);
            return true;
        }
        if (decoder.templateId() < 1) {
            request.why().put("templateId=").put(decoder.templateId()).put(" must be at least 1");
        } else if (decoder.killGraceMs() < 0 || decoder.killGraceMs() > Limits.MAX_KILL_GRACE_MS) {
            request.why().put("killGraceMs=").put(decoder.killGraceMs()).put(" must be from 0 to ");
            request.text().put(Limits.MAX_KILL_GRACE_MS);
        } else if (decoder.portCount() < 0 || decoder.portCount() > Limits.MAX_PORTS_PER_TASK) {
            request.why()
                    .put("portCount=")
                    .put(decoder.portCount())
                    .put(" must be from 0 to ")
                    .put(Limits.MAX_PORTS_PER_TASK);
        } else {
            return false;
        }
        request.refuse(RefusalCode.INVALID_VALUE);
        return true;
    }

    private boolean isBadNeed(Request request, Resources perTask) {
        RegisterTemplateDecoder.ScalarsDecoder scalars = decoder.scalars();
        while (scalars.hasNext()) {
            scalars.next();
            if (ResourceCodec.isBadScalar(scalars.kind(), scalars.amount(), perTask, request.text())) {
                request.refuse(RefusalCode.INVALID_VALUE);
                return true;
            }
            perTask.scalar(scalars.kind(), scalars.amount());
        }
        if (perTask.scalar(ResourceKinds.CPUS) == 0 && perTask.scalar(ResourceKinds.MEMORY) == 0) {
            request.why().put("scalars: cpus=0 and memory=0; a task needs some of one of them");
            request.refuse(RefusalCode.INVALID_VALUE);
            return true;
        }
        return false;
    }

    private boolean isBadCommand(Request request) {
        RegisterTemplateDecoder.ArgumentsDecoder arguments = decoder.arguments();
        boolean isBad = arguments.count() == 0;
        boolean isFirst = true;
        while (arguments.hasNext()) {
            arguments.next().wrapValue(text);
            isBad |= hasByte(0) || (isFirst && text.capacity() == 0);
            isFirst = false;
        }
        if (isBad) {
            request.why().put("arguments: the first names the command and must not be empty; none may hold a NUL");
            request.refuse(RefusalCode.INVALID_VALUE);
            return true;
        }
        RegisterTemplateDecoder.EnvironmentDecoder environment = decoder.environment();
        while (environment.hasNext()) {
            environment.next().wrapName(text);
            isBad |= text.capacity() == 0 || hasByte('=') || hasByte(0);
            environment.wrapValue(text);
            isBad |= hasByte(0);
        }
        if (isBad) {
            request.why().put("environment: a name must not be empty or hold '=', nothing may hold a NUL");
            request.refuse(RefusalCode.INVALID_VALUE);
        }
        return isBad;
    }

    private boolean hasByte(int value) {
        for (int i = 0; i < text.capacity(); i++) {
            if (text.getByte(i) == value) {
                return true;
            }
        }
        return false;
    }

    private boolean isBeyondLimit(Request request, int length) {
        if (count >= context.maxTemplates()) {
            request.why().put("the limit maxTemplates=").put(context.maxTemplates());
        } else if (bytes + length > context.maxTemplateBytes()) {
            request.why().put("the limit maxTemplateBytes=").put(context.maxTemplateBytes());
        } else {
            return false;
        }
        request.text().put(" is reached; use templates again, unsubscribe frameworks, or raise it");
        request.refuse(RefusalCode.LIMIT_REACHED);
        return true;
    }
}
