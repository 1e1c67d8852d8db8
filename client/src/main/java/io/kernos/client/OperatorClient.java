package io.kernos.client;

import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OperatorDoneDecoder;
import io.kernos.transport.codecs.RefusedDecoder;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/** What an operator asks of the master, with calls that block. Used by one thread. */
public final class OperatorClient implements AutoCloseable {
    private final SessionContext context;
    private final ClusterTransport transport;
    private final IngressPublisher publisher;
    private final Answers answers = new Answers();
    private long lastCorrelationId;

    /**
     * Makes a client; it connects with the first call.
     *
     * @param context the way to the cluster; what it says of a framework is not used.
     */
    public OperatorClient(SessionContext context) {
        this(context.conclude(), new AeronClusterTransport(context));
    }

    OperatorClient(SessionContext context, ClusterTransport transport) {
        this.context = context;
        this.transport = transport;
        publisher = new IngressPublisher(transport);
    }

    /**
     * Ends tasks of any framework.
     *
     * @param frameworkId whose tasks.
     * @param firstTaskId the first of them; 0: all of the framework.
     * @param count       how many, with the ids that follow.
     * @param graceMs     milliseconds from SIGTERM to SIGKILL, or {@link SchedulerSession#TEMPLATE_GRACE}.
     * @param timeoutMs   milliseconds that this may take.
     * @return how many tasks are being ended.
     * @throws RefusedException       when the master does not; its message says why.
     * @throws KernosTimeoutException when the master does not answer.
     */
    public int kill(long frameworkId, long firstTaskId, int count, int graceMs, long timeoutMs) {
        long correlationId = ++lastCorrelationId;
        answers.expect(correlationId);
        IdleStrategy idle = context.idleProfile().strategy();
        long startNs = context.nanoClock().nanoTime();
        boolean isSent = false;
        while (!answers.hasArrived) {
            long nowNs = context.nanoClock().nanoTime();
            if (nowNs - startNs >= TimeUnit.MILLISECONDS.toNanos(timeoutMs)) {
                throw timeout(timeoutMs);
            }
            int workCount = transport.poll(answers, nowNs);
            boolean isFresh = connectIfNeeded();
            if (isFresh || answers.isLeaderNew) {
                isSent = false;
                answers.isLeaderNew = false;
            }
            if (!isSent && transport.state() == ClusterTransport.State.CONNECTED) {
                isSent = publisher.operatorKill(correlationId, frameworkId, firstTaskId, count, graceMs);
            }
            idle.idle(workCount);
        }
        return answers.affectedCount();
    }

    private KernosTimeoutException timeout(long timeoutMs) {
        String reason = transport.lossReason();
        return new KernosTimeoutException(
                "the master did not answer within " + timeoutMs + " ms" + (reason.isEmpty() ? "" : ": " + reason));
    }

    private boolean connectIfNeeded() {
        switch (transport.state()) {
            case LOST -> transport.disconnect();
            case IDLE -> transport.connect();
            case CONNECTING, CONNECTED -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        transport.close();
    }

    private static final class Answers implements ClusterTransport.Handler {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final OperatorDoneDecoder done = new OperatorDoneDecoder();
        private final RefusedDecoder refused = new RefusedDecoder();
        private long correlationId;
        private boolean hasArrived;
        private boolean isLeaderNew;
        private int affectedCount;
        private RefusedException refusal;

        void expect(long correlationId) {
            this.correlationId = correlationId;
            hasArrived = false;
            refusal = null;
        }

        int affectedCount() {
            if (refusal != null) {
                throw refusal;
            }
            return affectedCount;
        }

        @Override
        public void onNewLeader() {
            isLeaderNew = true;
        }

        @Override
        public boolean onMessage(DirectBuffer buffer, int offset, int length) {
            if (MessageCheck.check(buffer, offset, length) == MessageCheck.OK) {
                onSoundMessage(buffer, offset);
            }
            return true;
        }

        private void onSoundMessage(DirectBuffer buffer, int offset) {
            header.wrap(buffer, offset);
            int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
            if (header.templateId() == OperatorDoneDecoder.TEMPLATE_ID) {
                done.wrap(buffer, body, header.blockLength(), header.version());
                if (done.correlationId() == correlationId) {
                    affectedCount = done.affectedCount();
                    hasArrived = true;
                }
            } else if (header.templateId() == RefusedDecoder.TEMPLATE_ID) {
                refused.wrap(buffer, body, header.blockLength(), header.version());
                if (refused.correlationId() == correlationId) {
                    refusal = new RefusedException(refused.code(), refused.message());
                    hasArrived = true;
                }
            }
        }
    }
}
