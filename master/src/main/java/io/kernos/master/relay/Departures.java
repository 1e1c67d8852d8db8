package io.kernos.master.relay;

import org.agrona.collections.LongArrayList;

/**
 * Which agents went away and whether the master was told. The latest are remembered for a leader that takes over, since
 * the last one may not have committed what it was told.
 */
final class Departures {
    private static final int REMEMBERED = 4_096;

    private final LongArrayList connectionIds = new LongArrayList();
    private int toldCount;

    void add(long connectionId) {
        if (toldCount >= REMEMBERED) {
            forgetTold();
        }
        connectionIds.addLong(connectionId);
    }

    private void forgetTold() {
        int untold = connectionIds.size() - toldCount;
        for (int i = 0; i < untold; i++) {
            connectionIds.setLong(i, connectionIds.getLong(toldCount + i));
        }
        while (connectionIds.size() > untold) {
            connectionIds.removeAt(connectionIds.size() - 1);
        }
        toldCount = 0;
    }

    /** Tell all that are remembered again. */
    void repeat() {
        toldCount = 0;
    }

    void clear() {
        connectionIds.clear();
        toldCount = 0;
    }

    /** Tell the master, as far as it takes it now. */
    int tell(ClusterLink link, RelayMessages messages) {
        int told = 0;
        while (toldCount < connectionIds.size()) {
            int length = messages.agentDisconnected(connectionIds.getLong(toldCount));
            if (!link.offer(messages.buffer(), 0, length)) {
                break;
            }
            toldCount++;
            told++;
        }
        return told;
    }
}
