package io.kernos.master.state;

import io.kernos.transport.codecs.DefineTemplateEncoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RegisterTemplateDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Turns what a framework registered into what an agent is told. */
final class TemplateTranscoder {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RegisterTemplateDecoder from = new RegisterTemplateDecoder();
    private final DefineTemplateEncoder to = new DefineTemplateEncoder();
    private final UnsafeBuffer definition = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);

    /** Writes the message at the start of the way out; returns its length after its header. */
    int define(Outbound out, long connectionId, Template template) {
        definition.wrap(template.definition);
        from.wrapAndApplyHeader(definition, 0, header);
        to.wrapAndApplyHeader(out.buffer, 0, out.header)
                .connectionId(connectionId)
                .frameworkId(template.framework.id)
                .templateId(template.id)
                .killGraceMs(template.killGraceMs);
        to.isolation()
                .clear()
                .pid(from.isolation().pid())
                .mount(from.isolation().mount())
                .uts(from.isolation().uts())
                .ipc(from.isolation().ipc())
                .net(from.isolation().net());
        scalars();
        arguments();
        environment();
        from.wrapName(text);
        to.putName(text, 0, text.capacity());
        to.putUser(template.framework.user, 0, template.framework.user.length);
        return to.encodedLength();
    }

    private void scalars() {
        RegisterTemplateDecoder.ScalarsDecoder source = from.scalars();
        DefineTemplateEncoder.ScalarsEncoder target = to.scalarsCount(source.count());
        while (source.hasNext()) {
            source.next();
            target.next().kind(source.kind()).amount(source.amount());
        }
    }

    private void arguments() {
        RegisterTemplateDecoder.ArgumentsDecoder source = from.arguments();
        DefineTemplateEncoder.ArgumentsEncoder target = to.argumentsCount(source.count());
        while (source.hasNext()) {
            source.next().wrapValue(text);
            target.next().putValue(text, 0, text.capacity());
        }
    }

    private void environment() {
        RegisterTemplateDecoder.EnvironmentDecoder source = from.environment();
        DefineTemplateEncoder.EnvironmentEncoder target = to.environmentCount(source.count());
        while (source.hasNext()) {
            source.next().wrapName(text);
            target.next().putName(text, 0, text.capacity());
            source.wrapValue(text);
            target.putValue(text, 0, text.capacity());
        }
    }
}
