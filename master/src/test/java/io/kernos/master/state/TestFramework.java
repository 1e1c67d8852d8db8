package io.kernos.master.state;

import java.util.ArrayList;
import java.util.List;

/** A framework in a test: its session, what it sent and what it got. */
final class TestFramework {
    static final long GIB = 1L << 30;

    private final TestMaster master;
    private final List<Inbox.Message> inbox = new ArrayList<>();
    long session;
    long id;
    private long failoverTimeoutMs;
    private long nextCorrelationId = 1;
    private int nextTemplateId = 1;

    TestFramework(TestMaster master) {
        this.master = master;
        session = master.open();
    }

    /** Joins with offers and a failover timeout of 10 s. */
    static TestFramework withOffers(TestMaster master) {
        TestFramework framework = new TestFramework(master);
        framework.subscribe(0, 10_000, true, false);
        return framework;
    }

    /** Joins without offers and with a failover timeout of 10 s. */
    static TestFramework submitting(TestMaster master) {
        TestFramework framework = new TestFramework(master);
        framework.subscribe(0, 10_000, false, false);
        return framework;
    }

    static TestFramework detached(TestMaster master) {
        TestFramework framework = new TestFramework(master);
        framework.subscribe(0, 0, false, true);
        return framework;
    }

    void subscribe(long frameworkId, long failoverTimeoutMs, boolean offers, boolean detached) {
        this.failoverTimeoutMs = failoverTimeoutMs;
        send(Messages.subscribe(nextCorrelationId++, frameworkId, failoverTimeoutMs, offers, detached, ""));
        List<Inbox.Subscribed> answers = all(Inbox.Subscribed.class);
        if (!answers.isEmpty()) {
            id = answers.getLast().frameworkId();
        }
    }

    /** Comes back over a new session as the same framework. */
    void failOver(boolean offers, boolean detached) {
        session = master.open();
        subscribe(id, failoverTimeoutMs, offers, detached);
    }

    int template(long cpus, long memory, int ports) {
        int templateId = nextTemplateId++;
        send(Messages.template(nextCorrelationId++, id, templateId, cpus, memory, ports, "/bin/sleep", "1"));
        return templateId;
    }

    void submit(long firstTaskId, int count, int templateId) {
        send(Messages.submit(nextCorrelationId++, id, firstTaskId, count, templateId));
    }

    void accept(long offerId, int templateId, long... taskIds) {
        send(Messages.accept(nextCorrelationId++, id, 0, List.of(offerId), templateId, taskIds));
    }

    void decline(long offerId, long refuseMs) {
        send(Messages.decline(nextCorrelationId++, id, refuseMs, List.of(offerId)));
    }

    void kill(long firstTaskId, int count) {
        send(Messages.kill(nextCorrelationId++, id, firstTaskId, count, -1));
    }

    void acknowledge(long taskId, int sequence) {
        send(Messages.acknowledge(id, taskId, sequence));
    }

    void send(TestMaster.Outgoing message) {
        master.send(session, message);
        fetch();
    }

    /** Takes what came since the last call. */
    List<Inbox.Message> fetch() {
        List<Inbox.Message> messages = master.take(session);
        inbox.addAll(messages);
        return messages;
    }

    /** All messages of a kind, from the start or the last {@link #clear}. */
    <T extends Inbox.Message> List<T> all(Class<T> kind) {
        fetch();
        return inbox.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends Inbox.Message> T last(Class<T> kind) {
        return all(kind).getLast();
    }

    /** All updates of a task. */
    List<Inbox.Updated> updates(long taskId) {
        return all(Inbox.Updated.class).stream()
                .filter(each -> each.taskId() == taskId)
                .toList();
    }

    void clear() {
        fetch();
        inbox.clear();
    }

    /** All messages in the order in which they came, and clears. */
    List<Inbox.Message> drain() {
        fetch();
        List<Inbox.Message> messages = List.copyOf(inbox);
        inbox.clear();
        return messages;
    }

    /** Acknowledges all updates that came, many in one message. */
    void acknowledgeAll() {
        List<Inbox.Updated> updates = all(Inbox.Updated.class).stream()
                .filter(each -> each.sequence() > 0)
                .toList();
        for (int from = 0; from < updates.size(); from += 1000) {
            master.send(
                    session, Messages.acknowledge(id, updates.subList(from, Math.min(from + 1000, updates.size()))));
        }
        fetch();
    }
}
