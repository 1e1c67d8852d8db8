package io.kernos.master.state;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.List;

/** An agent in a test, behind a relay. */
final class TestAgent {
    private static long nextInstanceId = 1000;

    TestRelay relay;
    long id;
    long clusterId;
    long connectionId;
    long instanceId;
    long cpus;
    long memory;

    TestAgent(TestRelay relay, long cpus, long memory) {
        this.relay = relay;
        this.cpus = cpus;
        this.memory = memory;
        instanceId = nextInstanceId++;
    }

    /** Registers an agent without tasks. */
    static TestAgent registered(TestRelay relay, long cpus, long memory) {
        TestAgent agent = new TestAgent(relay, cpus, memory);
        agent.register();
        return agent;
    }

    /** Registers over a new connection, with these tasks as triples of framework, task and state's value. */
    void register(long[]... tasks) {
        begin();
        list(true, tasks);
    }

    void begin() {
        connectionId = relay.nextConnectionId();
        relay.send(Messages.register(clusterId, connectionId, id, instanceId, cpus, memory, 31_000, 31_099));
    }

    void list(boolean last, long[]... tasks) {
        relay.send(Messages.tasks(connectionId, last, tasks));
        for (Inbox.Registered each : relay.all(Inbox.Registered.class)) {
            id = each.connectionId() == connectionId ? each.agentId() : id;
            clusterId = each.connectionId() == connectionId ? each.clusterId() : clusterId;
        }
    }

    void restart() {
        instanceId = nextInstanceId++;
    }

    void disconnect() {
        relay.send(Messages.disconnected(connectionId));
    }

    void status(long frameworkId, long taskId, TaskState state) {
        status(frameworkId, taskId, state, TaskReason.NONE, "");
    }

    void status(long frameworkId, long taskId, TaskState state, TaskReason reason, String message) {
        relay.send(Messages.status(connectionId, frameworkId, taskId, state, reason, message));
    }

    List<Inbox.Launch> launches() {
        return relay.all(Inbox.Launch.class).stream()
                .filter(each -> each.connectionId() == connectionId)
                .toList();
    }

    List<Inbox.Kill> kills() {
        return relay.all(Inbox.Kill.class).stream()
                .filter(each -> each.connectionId() == connectionId)
                .toList();
    }

    List<Inbox.Ack> acks() {
        return relay.all(Inbox.Ack.class).stream()
                .filter(each -> each.connectionId() == connectionId)
                .toList();
    }

    List<Inbox.Define> definitions() {
        return relay.all(Inbox.Define.class).stream()
                .filter(each -> each.connectionId() == connectionId)
                .toList();
    }

    static long[] task(long frameworkId, long taskId, TaskState state) {
        return new long[] {frameworkId, taskId, state.value()};
    }
}
