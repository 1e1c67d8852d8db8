package io.kernos.master.cluster;

import org.agrona.BitUtil;
import org.agrona.concurrent.AgentTerminationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a fault of the state machine in the middle of a command. Where its state is whole nevertheless the next
 * command is applied: members go on alike. Where it is not the member ends, before it decides anything by it; the log
 * and the last snapshot are sound, and a later start replays them.
 */
final class Faults {
    private static final Logger LOGGER = LoggerFactory.getLogger(Faults.class);

    private long count;

    /**
     * Tell a fault, the first and then each whose number is a power of two, and look at what it left behind.
     *
     * @throws AgentTerminationException when the state is not whole.
     */
    void onFault(String where, RuntimeException fault, Runnable verify) {
        count++;
        if (BitUtil.isPowerOfTwo(count)) {
            LOGGER.error("fault {} by {}", count, where, fault);
        }
        try {
            verify.run();
        } catch (RuntimeException e) {
            AgentTerminationException end =
                    new AgentTerminationException("the state is not whole after a fault by " + where, e);
            end.addSuppressed(fault);
            throw end;
        }
    }
}
