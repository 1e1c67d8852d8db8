package io.kernos.cli;

import io.kernos.transport.MemberList;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of a cluster on one machine, all of UDP on the loopback interface.
 *
 * @param master first of those of the master, which takes five in a row.
 * @param relay  where agents reach the relay.
 */
record LocalPorts(int master, int relay) {
    /** Ports of a cluster where no option names others. */
    static final int STANDARD = 7_700;

    private static final int RELAY_OFFSET = 10;
    private static final int LAST_PORT = 65_535;
    private static final int FIRST_RANDOM = 20_000;
    private static final int LAST_RANDOM = 30_000;
    private static final int ATTEMPTS = 100;

    /**
     * Ports that somebody has chosen, which may be taken, or any that are free now.
     *
     * @param first of them; 0: wherever there is room.
     * @return the ports.
     * @throws CommandException when there are no such ports.
     */
    static LocalPorts of(int first) {
        if (first == 0) {
            return anywhere();
        }
        if (first < 1 || first > LAST_PORT - RELAY_OFFSET) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    "--port " + first + ": use 1 to " + (LAST_PORT - RELAY_OFFSET)
                            + ", for those up to the tenth behind it are taken too, or 0 for any");
        }
        return new LocalPorts(first, first + RELAY_OFFSET);
    }

    /**
     * Refuses ports that are not free now.
     *
     * @throws CommandException when one is taken.
     */
    void requireFree() {
        int taken = firstTaken();
        if (taken != 0) {
            throw new CommandException(
                    ExitCodes.FAILED,
                    "port " + taken + " of UDP is taken, perhaps by another cluster: name other ports by --port, or"
                            + " --port 0 for any");
        }
    }

    private static LocalPorts anywhere() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int first = ThreadLocalRandom.current().nextInt(FIRST_RANDOM, LAST_RANDOM);
            LocalPorts ports = new LocalPorts(first, first + RELAY_OFFSET);
            if (ports.firstTaken() == 0) {
                return ports;
            }
        }
        throw new CommandException(ExitCodes.FAILED, "no free ports were found: name some by --port");
    }

    private int firstTaken() {
        for (int i = 0; i < MemberList.PORTS_PER_MEMBER; i++) {
            if (!isFree(master + i)) {
                return master + i;
            }
        }
        return isFree(relay) ? 0 : relay;
    }

    private static boolean isFree(int port) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException ex) {
            return false;
        }
    }
}
