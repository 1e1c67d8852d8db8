package io.kernos.master.state;

import io.kernos.transport.codecs.RefusalCode;

/** The message at hand: who sent it, and the way to refuse it. */
final class Request {
    private final Text why = new Text();
    private final FrameworkPublisher publisher;
    private final Counting counting;

    Session session;
    int templateId;
    long correlationId;

    Request(FrameworkPublisher publisher, Counting counting) {
        this.publisher = publisher;
        this.counting = counting;
    }

    void begin(Session session, int templateId) {
        this.session = session;
        this.templateId = templateId;
        correlationId = 0;
    }

    /** Begins the text of a refusal, which names the field, its value and the remedy. */
    Text why() {
        return why.start();
    }

    /** The text as it stands. */
    Text text() {
        return why;
    }

    /** Refuses the message for the reason that was written. */
    void refuse(RefusalCode code) {
        count(code);
        publisher.refused(session, correlationId, templateId, code, why);
    }

    /** Counts a refusal that is answered in another way, or not at all. */
    void count(RefusalCode code) {
        counting.add(MasterCounter.MESSAGES_REFUSED, 1);
        counting.add(MasterCounter.ofRefusal(code), 1);
    }
}
