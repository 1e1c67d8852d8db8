package io.kernos.cli.node;

import io.kernos.linux.Linux;
import io.kernos.transport.IdleProfile;

/** Has the kernel end short parks on time: by itself it lets them last up to 50 us longer, to wake less often. */
public final class ShortTimers {
    private static final long LEAST_SLACK_NS = 1;

    private ShortTimers() {}

    /**
     * Sets this thread, and all that it starts from now on, to wake on time where the profile wants that.
     *
     * @param profile how the process idles.
     */
    public static void setFor(IdleProfile profile) {
        if (profile == IdleProfile.BALANCED) {
            Linux.timerSlackNs(LEAST_SLACK_NS);
        }
    }
}
