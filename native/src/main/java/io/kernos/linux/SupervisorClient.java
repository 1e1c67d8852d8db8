package io.kernos.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The agent's end of the connection to the supervisor. Used by one thread; nothing here blocks. What could not be sent
 * for want of room returns false and is to be tried again in a later duty cycle.
 */
public final class SupervisorClient implements AutoCloseable {
    private static final int PACKETS_A_POLL = 64;
    private static final int REPLY_BYTES = 256;
    private static final long WAIT_NS = 50_000;

    private final SeqPacketSocket socket;
    private final ByteBuffer outBytes = ByteBuffer.allocateDirect(Protocol.MESSAGE_MAX);
    private final ByteBuffer inBytes = ByteBuffer.allocateDirect(REPLY_BYTES);
    private final UnsafeBuffer out = new UnsafeBuffer(outBytes);
    private final UnsafeBuffer in = new UnsafeBuffer(inBytes);
    private final long outAddress = BufferUtil.address(outBytes);
    private final long inAddress = BufferUtil.address(inBytes);
    private boolean connected = true;
    private long unreadable;
    private long instance;
    private int supervisorPid;

    private SupervisorClient(SeqPacketSocket socket) {
        this.socket = socket;
    }

    /**
     * Connects to a supervisor that listens.
     *
     * @param socketPath of its socket.
     * @return the client; the supervisor's hello comes by the first polls.
     * @throws LinuxException when nobody listens there.
     */
    public static SupervisorClient connect(Path socketPath) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new UnsupportedOperationException("the supervisor needs a little-endian machine");
        }
        return new SupervisorClient(SeqPacketSocket.connect(socketPath));
    }

    /**
     * Waits for the supervisor's first word. To be called before the first poll.
     *
     * @param timeoutNs most to wait.
     * @return false when it did not come.
     */
    boolean awaitHello(long timeoutNs) {
        long deadlineNs = System.nanoTime() + timeoutNs;
        while (instance == 0 && System.nanoTime() - deadlineNs < 0) {
            int length = socket.receive(inAddress, REPLY_BYTES);
            if (length == SeqPacketSocket.GONE) {
                return false;
            }
            if (length == Protocol.HELLO_BYTES && in.getShort(Protocol.TYPE) == Protocol.HELLO) {
                instance = in.getLong(Protocol.HELLO_INSTANCE);
                supervisorPid = in.getInt(Protocol.HELLO_PID);
            } else {
                LockSupport.parkNanos(WAIT_NS);
            }
        }
        return instance != 0;
    }

    /**
     * Which run of the supervisor this is.
     *
     * @return a random number, never 0; 0 before its first word.
     */
    public long instance() {
        return instance;
    }

    /**
     * Which process the supervisor is.
     *
     * @return its number; 0 before its first word.
     */
    public int supervisorPid() {
        return supervisorPid;
    }

    /**
     * Takes what the supervisor said.
     *
     * @param listener told of it.
     * @return count of packets taken; at most 64 a call.
     */
    public int poll(SupervisorListener listener) {
        int packets = 0;
        while (connected && packets < PACKETS_A_POLL) {
            int length = socket.receive(inAddress, REPLY_BYTES);
            if (length == SeqPacketSocket.NOTHING) {
                break;
            }
            packets++;
            if (length == SeqPacketSocket.GONE) {
                connected = false;
                listener.onDisconnected("the supervisor closed the connection");
            } else {
                onPacket(length, listener);
            }
        }
        return packets;
    }

    /**
     * Sends a launch plan.
     *
     * @param plan the plan.
     * @return false when there is no room now.
     * @throws IllegalArgumentException when the plan passes a limit.
     */
    public boolean launch(LaunchPlan plan) {
        int length = plan.encode(out);
        return connected && socket.send(outAddress, length);
    }

    /**
     * Signals the task and its process group.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param signal      1 to 64.
     * @return false when there is no room now.
     */
    public boolean signal(long frameworkId, long taskId, int signal) {
        out.putInt(Protocol.SIGNO, signal);
        out.putInt(Protocol.SIGNO + Integer.BYTES, 0);
        return send(Protocol.SIGNAL, Protocol.SIGNAL_BYTES, frameworkId, taskId);
    }

    /**
     * Kills a container whole.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @return false when there is no room now.
     */
    public boolean kill(long frameworkId, long taskId) {
        return send(Protocol.KILL, Protocol.HEADER_BYTES, frameworkId, taskId);
    }

    /**
     * Frees the record of an exit or failure.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @return false when there is no room now.
     */
    public boolean acknowledge(long frameworkId, long taskId) {
        return send(Protocol.ACK, Protocol.HEADER_BYTES, frameworkId, taskId);
    }

    /**
     * Asks for all that the supervisor holds, launches under way included; the answer waits for none of them.
     *
     * @return false when there is no room now.
     */
    public boolean list() {
        return send(Protocol.LIST, Protocol.HEADER_BYTES, 0, 0);
    }

    /**
     * Asks for a sign of life, told as {@link SupervisorListener#onHello}.
     *
     * @return false when there is no room now.
     */
    public boolean ping() {
        return send(Protocol.PING, Protocol.HEADER_BYTES, 0, 0);
    }

    /**
     * Has the supervisor kill all and exit.
     *
     * @return false when there is no room now.
     */
    public boolean shutdown() {
        return send(Protocol.SHUTDOWN, Protocol.HEADER_BYTES, 0, 0);
    }

    /**
     * Sends bytes as they are: for tests of what the supervisor does with nonsense.
     *
     * @param bytes one packet.
     * @return false when there is no room now.
     */
    boolean sendRaw(byte[] bytes) {
        out.putBytes(0, bytes);
        return connected && socket.send(outAddress, bytes.length);
    }

    /**
     * Count of packets that were not understood.
     *
     * @return count since connecting.
     */
    public long unreadable() {
        return unreadable;
    }

    /**
     * Whether the supervisor was there when last polled.
     *
     * @return false once it is gone.
     */
    public boolean connected() {
        return connected;
    }

    /** Lets go of the supervisor, which goes on. */
    @Override
    public void close() {
        connected = false;
        socket.close();
    }

    private boolean send(int type, int length, long frameworkId, long taskId) {
        out.putInt(Protocol.LENGTH, length);
        out.putShort(Protocol.VERSION_AT, (short) Protocol.VERSION);
        out.putShort(Protocol.TYPE, (short) type);
        out.putLong(Protocol.FRAMEWORK_ID, frameworkId);
        out.putLong(Protocol.TASK_ID, taskId);
        return connected && socket.send(outAddress, length);
    }

    private void onPacket(int length, SupervisorListener listener) {
        if (length < Protocol.HEADER_BYTES
                || in.getInt(Protocol.LENGTH) != length
                || in.getShort(Protocol.VERSION_AT) != Protocol.VERSION
                || length != expectedLength(in.getShort(Protocol.TYPE))) {
            unreadable++;
            return;
        }
        long frameworkId = in.getLong(Protocol.FRAMEWORK_ID);
        long taskId = in.getLong(Protocol.TASK_ID);
        switch (in.getShort(Protocol.TYPE)) {
            case Protocol.HELLO, Protocol.PONG -> {
                instance = in.getLong(Protocol.HELLO_INSTANCE);
                listener.onHello(instance, in.getInt(Protocol.HELLO_PID), in.getInt(Protocol.HELLO_CONTAINERS));
            }
            case Protocol.STARTING -> listener.onStarting(frameworkId, taskId, in.getLong(Protocol.COOKIE));
            case Protocol.STARTED -> onStarted(frameworkId, taskId, listener);
            case Protocol.FAILED ->
                listener.onFailed(
                        frameworkId,
                        taskId,
                        in.getLong(Protocol.COOKIE),
                        in.getInt(Protocol.FAILED_STAGE),
                        in.getInt(Protocol.FAILED_ERROR));
            case Protocol.REFUSED ->
                listener.onRefused(
                        frameworkId, taskId, in.getInt(Protocol.FAILED_STAGE), in.getInt(Protocol.FAILED_ERROR));
            case Protocol.EXITED -> onExited(frameworkId, taskId, listener);
            default -> listener.onListEnd();
        }
    }

    private static int expectedLength(int type) {
        return switch (type) {
            case Protocol.HELLO, Protocol.PONG -> Protocol.HELLO_BYTES;
            case Protocol.STARTING -> Protocol.STARTING_BYTES;
            case Protocol.STARTED -> Protocol.STARTED_BYTES;
            case Protocol.FAILED, Protocol.REFUSED -> Protocol.FAILED_BYTES;
            case Protocol.EXITED -> Protocol.EXITED_BYTES;
            case Protocol.LIST_END -> Protocol.HEADER_BYTES;
            default -> -1;
        };
    }

    private void onStarted(long frameworkId, long taskId, SupervisorListener listener) {
        listener.onStarted(
                frameworkId,
                taskId,
                in.getLong(Protocol.COOKIE),
                in.getInt(Protocol.STARTED_PID),
                in.getInt(Protocol.STARTED_LISTED) != 0,
                in.getLong(Protocol.STARTED_EPOCH_NS),
                in.getLong(Protocol.STARTED_RECEIVED_NS),
                in.getLong(Protocol.STARTED_STARTED_NS));
    }

    private void onExited(long frameworkId, long taskId, SupervisorListener listener) {
        listener.onExited(
                frameworkId,
                taskId,
                in.getLong(Protocol.COOKIE),
                in.getInt(Protocol.EXITED_STATUS),
                in.getInt(Protocol.EXITED_FLAGS) != 0,
                in.getLong(Protocol.EXITED_USER_US),
                in.getLong(Protocol.EXITED_SYSTEM_US),
                in.getLong(Protocol.EXITED_MAX_RSS_BYTES),
                in.getLong(Protocol.EXITED_EPOCH_NS));
    }
}
