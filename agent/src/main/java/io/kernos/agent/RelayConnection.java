package io.kernos.agent;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.kernos.transport.StreamIds;
import io.kernos.transport.TransportContext;

/**
 * The streams to and from one relay. Nothing blocks: both are asked for, and come when the driver has them.
 */
final class RelayConnection implements AutoCloseable {
    private static final int FRAGMENT_LIMIT = 64;
    private static final long NONE = Aeron.NULL_VALUE;

    private final Aeron aeron;
    private final TransportContext transport;
    private long publicationId;
    private long subscriptionId;
    private ExclusivePublication publication;
    private Subscription subscription;
    private String responseChannel;
    private boolean heard;

    /**
     * Asks for the streams.
     *
     * @param aeron         client.
     * @param transport     names the agent's own endpoint.
     * @param relayEndpoint of the relay, {@code host:port}.
     */
    RelayConnection(Aeron aeron, TransportContext transport, String relayEndpoint) {
        this.aeron = aeron;
        this.transport = transport;
        this.subscriptionId = aeron.asyncAddSubscription(transport.agentChannel(), StreamIds.RELAY_TO_AGENT);
        this.publicationId =
                aeron.asyncAddExclusivePublication(transport.channelTo(relayEndpoint), StreamIds.AGENT_TO_RELAY);
    }

    /**
     * Whether messages can go both ways.
     *
     * @return false while the driver or the relay is awaited.
     * @throws io.aeron.exceptions.RegistrationException when the driver refused a stream.
     */
    boolean ready() {
        if (subscription == null) {
            subscription = aeron.getSubscription(subscriptionId);
        }
        if (publication == null) {
            publication = aeron.getExclusivePublication(publicationId);
        }
        if (subscription != null && responseChannel == null) {
            String endpoint = subscription.resolvedEndpoint();
            responseChannel = endpoint == null ? null : transport.channelTo(endpoint);
        }
        return responseChannel != null && publication != null && publication.isConnected();
    }

    /**
     * Whether the relay is gone, once it was ready.
     *
     * @return true when it is.
     */
    boolean lost() {
        heard |= subscription.imageCount() > 0;
        return !publication.isConnected() || heard && subscription.hasNoImages();
    }

    ExclusivePublication publication() {
        return publication;
    }

    String responseChannel() {
        return responseChannel;
    }

    int poll(FragmentHandler handler) {
        return subscription.poll(handler, FRAGMENT_LIMIT);
    }

    @Override
    public void close() {
        if (publication != null) {
            publication.close();
        } else if (publicationId != NONE) {
            aeron.asyncRemovePublication(publicationId);
        }
        if (subscription != null) {
            subscription.close();
        } else if (subscriptionId != NONE) {
            aeron.asyncRemoveSubscription(subscriptionId);
        }
        publicationId = NONE;
        subscriptionId = NONE;
    }
}
