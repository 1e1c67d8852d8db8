package io.kernos.master.store;

import io.kernos.transport.codecs.AgentRecordDecoder;
import io.kernos.transport.codecs.DemandRecordDecoder;
import io.kernos.transport.codecs.FrameworkRecordDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OfferRecordDecoder;
import io.kernos.transport.codecs.RegisterTemplateDecoder;
import io.kernos.transport.codecs.RoleRecordDecoder;
import io.kernos.transport.codecs.StoreStatusDecoder;
import io.kernos.transport.codecs.TaskRecordDecoder;
import io.kernos.transport.codecs.TemplateRecordDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Decodes records into views; the fields after the block are read in the order of the schema. */
final class RecordAdapter {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RoleRecordDecoder role = new RoleRecordDecoder();
    private final FrameworkRecordDecoder framework = new FrameworkRecordDecoder();
    private final AgentRecordDecoder agent = new AgentRecordDecoder();
    private final TaskRecordDecoder task = new TaskRecordDecoder();
    private final TemplateRecordDecoder template = new TemplateRecordDecoder();
    private final RegisterTemplateDecoder definition = new RegisterTemplateDecoder();
    private final OfferRecordDecoder offer = new OfferRecordDecoder();
    private final DemandRecordDecoder demand = new DemandRecordDecoder();
    private final StoreStatusDecoder status = new StoreStatusDecoder();
    private final UnsafeBuffer nested = new UnsafeBuffer();

    StatusView status(DirectBuffer buffer, boolean masterAlive) {
        status.wrapAndApplyHeader(buffer, 0, header);
        return new StatusView(
                status.logPosition(),
                status.clusterTimeMs(),
                status.leadershipTermId(),
                status.memberId(),
                status.leader() != 0,
                masterAlive);
    }

    RoleView role(DirectBuffer buffer, int offset) {
        role.wrapAndApplyHeader(buffer, offset, header);
        return new RoleView(role.name(), role.weightMilli(), role.roleIndex());
    }

    FrameworkView framework(DirectBuffer buffer, int offset) {
        framework.wrapAndApplyHeader(buffer, offset, header);
        String name = framework.name();
        String user = framework.user();
        String role = framework.role();
        return new FrameworkView(
                framework.frameworkId(),
                name,
                user,
                role,
                framework.state(),
                framework.flags().offers(),
                framework.flags().detached(),
                framework.suppressed() != 0,
                framework.sessionId(),
                framework.failoverTimeoutMs(),
                framework.removeAtMs(),
                framework.registeredMs(),
                framework.liveTaskCount(),
                framework.pendingTaskCount(),
                framework.lastTaskId());
    }

    AgentView agent(DirectBuffer buffer, int offset) {
        agent.wrapAndApplyHeader(buffer, offset, header);
        List<AgentView.Amount> amounts = new ArrayList<>();
        for (AgentRecordDecoder.ScalarsDecoder scalar : agent.scalars()) {
            amounts.add(new AgentView.Amount(scalar.kind(), scalar.total(), scalar.used(), scalar.offered()));
        }
        List<RangeView> ranges = new ArrayList<>();
        for (AgentRecordDecoder.RangesDecoder range : agent.ranges()) {
            ranges.add(new RangeView(range.kind(), range.begin(), range.end()));
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (AgentRecordDecoder.AttributesDecoder attribute : agent.attributes()) {
            String name = attribute.name();
            attributes.put(name, attribute.value());
        }
        String hostname = agent.hostname();
        String sandboxChannel = agent.sandboxChannel();
        return new AgentView(
                agent.agentId(),
                hostname,
                agent.state(),
                agent.instanceId(),
                agent.relaySessionId(),
                agent.connectionId(),
                agent.removeAtMs(),
                agent.registeredMs(),
                agent.liveTaskCount(),
                List.copyOf(amounts),
                List.copyOf(ranges),
                Collections.unmodifiableMap(attributes),
                sandboxChannel);
    }

    TaskView task(DirectBuffer buffer, int offset, boolean retired) {
        task.wrapAndApplyHeader(buffer, offset, header);
        List<RangeView> ranges = new ArrayList<>();
        for (TaskRecordDecoder.RangesDecoder range : task.ranges()) {
            ranges.add(new RangeView(range.kind(), range.begin(), range.end()));
        }
        String message = task.message();
        String name = task.name();
        return new TaskView(
                task.frameworkId(),
                task.taskId(),
                task.agentId(),
                task.templateId(),
                task.taskIndex(),
                name,
                task.state(),
                task.reason(),
                message,
                task.exitStatus(),
                task.killRequested() != 0,
                task.createdMs(),
                task.updatedMs(),
                task.relayedNs(),
                task.receivedNs(),
                task.startedNs(),
                task.endedNs(),
                task.sequence(),
                task.acknowledgedSequence(),
                List.copyOf(ranges),
                retired);
    }

    TemplateView template(DirectBuffer buffer, int offset) {
        template.wrapAndApplyHeader(buffer, offset, header);
        long frameworkId = template.frameworkId();
        int templateId = template.templateId();
        template.wrapDefinition(nested);
        definition.wrapAndApplyHeader(nested, 0, header);
        List<ScalarView> scalars = new ArrayList<>();
        for (RegisterTemplateDecoder.ScalarsDecoder scalar : definition.scalars()) {
            scalars.add(new ScalarView(scalar.kind(), scalar.amount()));
        }
        List<String> arguments = new ArrayList<>();
        for (RegisterTemplateDecoder.ArgumentsDecoder argument : definition.arguments()) {
            arguments.add(argument.value());
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (RegisterTemplateDecoder.EnvironmentDecoder variable : definition.environment()) {
            String name = variable.name();
            environment.put(name, variable.value());
        }
        String name = definition.name();
        return new TemplateView(
                frameworkId,
                templateId,
                name,
                List.copyOf(arguments),
                Collections.unmodifiableMap(environment),
                List.copyOf(scalars),
                definition.portCount(),
                definition.killGraceMs());
    }

    OfferView offer(DirectBuffer buffer, int offset) {
        offer.wrapAndApplyHeader(buffer, offset, header);
        List<ScalarView> scalars = new ArrayList<>();
        for (OfferRecordDecoder.ScalarsDecoder scalar : offer.scalars()) {
            scalars.add(new ScalarView(scalar.kind(), scalar.amount()));
        }
        List<RangeView> ranges = new ArrayList<>();
        for (OfferRecordDecoder.RangesDecoder range : offer.ranges()) {
            ranges.add(new RangeView(range.kind(), range.begin(), range.end()));
        }
        return new OfferView(
                offer.offerId(),
                offer.frameworkId(),
                offer.agentId(),
                offer.createdMs(),
                List.copyOf(scalars),
                List.copyOf(ranges));
    }

    DemandView demand(DirectBuffer buffer, int offset) {
        demand.wrapAndApplyHeader(buffer, offset, header);
        return new DemandView(
                demand.frameworkId(),
                demand.firstTaskId(),
                demand.nextTaskId(),
                demand.waitingCount(),
                demand.templateId(),
                demand.createdMs());
    }
}
