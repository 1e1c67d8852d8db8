package io.kernos.master.state;

import java.util.ArrayList;
import java.util.List;

/** A relay in a test, with the agents behind it. */
final class TestRelay {
    final TestMaster master;
    final long relayId;
    private final List<Inbox.Message> inbox = new ArrayList<>();
    long session;
    private long nextConnectionId = 1;

    TestRelay(TestMaster master, long relayId) {
        this.master = master;
        this.relayId = relayId;
        connect();
    }

    void connect() {
        session = master.open();
        send(Messages.relayConnect(relayId));
    }

    long nextConnectionId() {
        return nextConnectionId++;
    }

    void send(TestMaster.Outgoing message) {
        master.send(session, message);
        fetch();
    }

    List<Inbox.Message> fetch() {
        List<Inbox.Message> messages = master.take(session);
        inbox.addAll(messages);
        return messages;
    }

    <T extends Inbox.Message> List<T> all(Class<T> kind) {
        fetch();
        return inbox.stream().filter(kind::isInstance).map(kind::cast).toList();
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
}
