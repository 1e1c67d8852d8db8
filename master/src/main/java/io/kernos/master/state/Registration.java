package io.kernos.master.state;

import io.kernos.allocator.Resources;
import io.kernos.transport.Limits;
import io.kernos.transport.codecs.AgentRegisterDecoder;
import io.kernos.transport.codecs.RefusalCode;

/** What an agent says about itself as it registers. */
final class Registration {
    /** Longest AgentRegister message; its record needs a little more. */
    static final int MAX_BYTES = Limits.MAX_MESSAGE_BYTES - 2048;

    final long connectionId;
    final long agentId;
    final long instanceId;
    /** Of the cluster that gave the agent its id; 0: not known. */
    final long clusterId;

    final Resources total = new Resources();
    final byte[][] attributes;
    final byte[] hostname;
    final byte[] sandboxChannel;
    private final boolean isBad;

    /** Takes a message apart; where something is wrong, the text says what. */
    Registration(AgentRegisterDecoder message, Text why) {
        connectionId = message.connectionId();
        agentId = message.agentId();
        instanceId = message.instanceId();
        clusterId = Math.max(0, message.clusterId());
        boolean bad = takeScalars(message.scalars(), why);
        bad = takeRanges(message.ranges(), bad, why) || bad;
        isBad = bad;
        attributes = attributesOf(message.attributes());
        hostname = new byte[message.hostnameLength()];
        message.getHostname(hostname, 0, hostname.length);
        message.skipResponseChannel();
        sandboxChannel = new byte[message.sandboxChannelLength()];
        message.getSandboxChannel(sandboxChannel, 0, sandboxChannel.length);
    }

    /** Why this registration cannot be; NULL_VAL where it can. The text says more. */
    RefusalCode refusal(int length, Text why) {
        if (length > MAX_BYTES) {
            why.start()
                    .put("the registration has ")
                    .put(length)
                    .put(" bytes, the most are ")
                    .put(MAX_BYTES);
            why.put("; give the agent fewer attributes");
            return RefusalCode.TOO_LONG;
        }
        if (isBad) {
            return RefusalCode.INVALID_VALUE;
        }
        if (agentId < 0) {
            why.start().put("agentId=").put(agentId).put(" must not be negative; 0 where it never registered");
        } else if (instanceId == 0) {
            why.start().put("instanceId=0 must be a random number, one a life of the agent's process");
        } else {
            return RefusalCode.NULL_VAL;
        }
        return RefusalCode.INVALID_VALUE;
    }

    private boolean takeScalars(AgentRegisterDecoder.ScalarsDecoder scalars, Text why) {
        boolean bad = false;
        while (scalars.hasNext()) {
            scalars.next();
            bad = bad || ResourceCodec.isBadScalar(scalars.kind(), scalars.amount(), total, why);
            if (!bad) {
                total.scalar(scalars.kind(), scalars.amount());
            }
        }
        return bad;
    }

    private boolean takeRanges(AgentRegisterDecoder.RangesDecoder ranges, boolean soFar, Text why) {
        boolean bad = soFar;
        while (ranges.hasNext()) {
            ranges.next();
            bad = bad || ResourceCodec.isBadInterval(ranges.kind(), ranges.begin(), ranges.end(), why);
            if (!bad) {
                total.addRange(ranges.kind(), ranges.begin(), ranges.end());
            }
        }
        return bad;
    }

    private static byte[][] attributesOf(AgentRegisterDecoder.AttributesDecoder attributes) {
        byte[][] pairs = new byte[attributes.count() * 2][];
        int at = 0;
        while (attributes.hasNext()) {
            attributes.next();
            byte[] name = new byte[attributes.nameLength()];
            attributes.getName(name, 0, name.length);
            byte[] value = new byte[attributes.valueLength()];
            attributes.getValue(value, 0, value.length);
            pairs[at++] = name;
            pairs[at++] = value;
        }
        return pairs;
    }
}
