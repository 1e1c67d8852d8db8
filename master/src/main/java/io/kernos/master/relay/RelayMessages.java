package io.kernos.master.relay;

import io.kernos.transport.Limits;
import io.kernos.transport.codecs.AgentDisconnectedEncoder;
import io.kernos.transport.codecs.LaunchTaskEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.RegisterAgainEncoder;
import io.kernos.transport.codecs.RelayConnectEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes what the relay itself says, and marks what it passes on. Each message lives until the next is made. */
final class RelayMessages {
    /** Every message between agents and the master begins with the number of the connection. */
    static final int CONNECTION_ID_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH;

    private static final int RELAYED_NS_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + LaunchTaskEncoder.relayedNsEncodingOffset();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RelayConnectEncoder relayConnect = new RelayConnectEncoder();
    private final AgentDisconnectedEncoder agentDisconnected = new AgentDisconnectedEncoder();
    private final RegisterAgainEncoder registerAgain = new RegisterAgainEncoder();

    /** Holds the message made last, from 0. */
    DirectBuffer buffer() {
        return buffer;
    }

    int relayConnect(MutableDirectBuffer into, long relayId, String name) {
        relayConnect.wrapAndApplyHeader(into, 0, header).relayId(relayId).name(name);
        return MessageHeaderEncoder.ENCODED_LENGTH + relayConnect.encodedLength();
    }

    int agentDisconnected(long connectionId) {
        agentDisconnected.wrapAndApplyHeader(buffer, 0, header).connectionId(connectionId);
        return MessageHeaderEncoder.ENCODED_LENGTH + agentDisconnected.encodedLength();
    }

    int registerAgain(long connectionId) {
        registerAgain.wrapAndApplyHeader(buffer, 0, header).connectionId(connectionId);
        return MessageHeaderEncoder.ENCODED_LENGTH + registerAgain.encodedLength();
    }

    /** A copy of an agent's message with the number of its connection. */
    int fromAgent(long connectionId, DirectBuffer message, int offset, int length) {
        buffer.putBytes(0, message, offset, length);
        buffer.putLong(CONNECTION_ID_OFFSET, connectionId, ORDER);
        return length;
    }

    /** A copy of a launch with the time at which the relay passed it on. */
    int launch(long relayedNs, DirectBuffer message, int offset, int length) {
        buffer.putBytes(0, message, offset, length);
        buffer.putLong(RELAYED_NS_OFFSET, relayedNs, ORDER);
        return length;
    }

    static long connectionId(DirectBuffer message, int offset) {
        return message.getLong(offset + CONNECTION_ID_OFFSET, ORDER);
    }
}
