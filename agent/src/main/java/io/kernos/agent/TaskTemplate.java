package io.kernos.agent;

import io.kernos.isolation.Namespace;
import io.kernos.transport.ResourceKind;
import io.kernos.transport.codecs.DefineTemplateDecoder;
import io.kernos.transport.codecs.DefineTemplateEncoder;
import io.kernos.transport.codecs.IsolationFlagsDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a task is: told once, named by many launches. Immutable.
 *
 * @param frameworkId whose it is.
 * @param templateId  its number among those of the framework.
 * @param name        for people.
 * @param user        whom its tasks run as; empty for the agent's default.
 * @param argv        the command and its arguments.
 * @param environment what the framework sets.
 * @param namespaces  what its tasks get to themselves.
 * @param network     whether a network of its own was asked for.
 * @param killGraceMs from SIGTERM to SIGKILL.
 * @param cpusMilli   processors, thousandths.
 * @param memoryBytes memory.
 * @param encoded     the message that told it, with its header and connection 0; not to be changed.
 */
record TaskTemplate(
        long frameworkId,
        int templateId,
        String name,
        String user,
        List<String> argv,
        Map<String, String> environment,
        Set<Namespace> namespaces,
        boolean network,
        int killGraceMs,
        long cpusMilli,
        long memoryBytes,
        byte[] encoded) {

    /**
     * Reads a checked DefineTemplate.
     *
     * @param buffer holds it.
     * @param offset of its header.
     * @param length with its header.
     * @return the template.
     */
    static TaskTemplate decode(DirectBuffer buffer, int offset, int length) {
        DefineTemplateDecoder message =
                new DefineTemplateDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        long cpusMilli = 0;
        long memoryBytes = 0;
        for (DefineTemplateDecoder.ScalarsDecoder scalar : message.scalars()) {
            if (scalar.kind() == ResourceKind.CPUS) {
                cpusMilli = scalar.amount();
            } else if (scalar.kind() == ResourceKind.MEMORY) {
                memoryBytes = scalar.amount();
            }
        }
        List<String> argv = new ArrayList<>();
        for (DefineTemplateDecoder.ArgumentsDecoder argument : message.arguments()) {
            argv.add(argument.value());
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (DefineTemplateDecoder.EnvironmentDecoder variable : message.environment()) {
            environment.put(variable.name(), variable.value());
        }
        String name = message.name();
        String user = message.user();
        byte[] encoded = new byte[length];
        buffer.getBytes(offset, encoded);
        new DefineTemplateEncoder()
                .wrap(new UnsafeBuffer(encoded), MessageHeaderDecoder.ENCODED_LENGTH)
                .connectionId(0);
        return new TaskTemplate(
                message.frameworkId(),
                message.templateId(),
                name,
                user,
                List.copyOf(argv),
                Collections.unmodifiableMap(environment),
                namespaces(message.isolation()),
                message.isolation().net(),
                message.killGraceMs(),
                cpusMilli,
                memoryBytes,
                encoded);
    }

    /**
     * Whether another telling says the same.
     *
     * @param other telling of the same template.
     * @return true when it does.
     */
    boolean sameAs(TaskTemplate other) {
        return Arrays.equals(encoded, other.encoded);
    }

    private static Set<Namespace> namespaces(IsolationFlagsDecoder flags) {
        Set<Namespace> namespaces = EnumSet.noneOf(Namespace.class);
        addWhen(flags.pid(), Namespace.PID, namespaces);
        addWhen(flags.mount(), Namespace.MOUNT, namespaces);
        addWhen(flags.uts(), Namespace.UTS, namespaces);
        addWhen(flags.ipc(), Namespace.IPC, namespaces);
        return Collections.unmodifiableSet(namespaces);
    }

    private static void addWhen(boolean wanted, Namespace namespace, Set<Namespace> namespaces) {
        if (wanted) {
            namespaces.add(namespace);
        }
    }
}
