package io.kernos.agent;

import io.kernos.transport.codecs.DefineTemplateEncoder;
import io.kernos.transport.codecs.LaunchTaskEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages of the master, for tests. */
final class TestMessages {
    private TestMessages() {}

    static UnsafeBuffer template(long frameworkId, int templateId, int killGraceMs, String... argv) {
        return template(frameworkId, templateId, killGraceMs, "", Map.of("GREETING", "hello"), List.of(argv));
    }

    static UnsafeBuffer template(
            long frameworkId,
            int templateId,
            int killGraceMs,
            String user,
            Map<String, String> environment,
            List<String> argv) {
        MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        DefineTemplateEncoder template = new DefineTemplateEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .connectionId(1)
                .frameworkId(frameworkId)
                .templateId(templateId)
                .killGraceMs(killGraceMs);
        template.isolation().clear().pid(true).mount(true).uts(true).ipc(true);
        template.scalarsCount(2).next().kind(0).amount(100).next().kind(1).amount(32L << 20);
        DefineTemplateEncoder.ArgumentsEncoder arguments = template.argumentsCount(argv.size());
        argv.forEach(argument -> arguments.next().value(argument));
        DefineTemplateEncoder.EnvironmentEncoder variables = template.environmentCount(environment.size());
        environment.forEach((name, value) -> variables.next().name(name).value(value));
        template.name("test").user(user);
        return cut(buffer, template.encodedLength());
    }

    static UnsafeBuffer launch(long frameworkId, long taskId, int templateId, int... ports) {
        MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        LaunchTaskEncoder launch = new LaunchTaskEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .connectionId(1)
                .frameworkId(frameworkId)
                .taskId(taskId)
                .relayedNs(5)
                .templateId(templateId)
                .taskIndex((int) taskId - 1);
        LaunchTaskEncoder.RangesEncoder ranges = launch.rangesCount(ports.length / 2);
        for (int i = 0; i < ports.length; i += 2) {
            ranges.next().kind(0).begin(ports[i]).end(ports[i + 1]);
        }
        return cut(buffer, launch.encodedLength());
    }

    private static UnsafeBuffer cut(MutableDirectBuffer buffer, int bodyLength) {
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + bodyLength];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
