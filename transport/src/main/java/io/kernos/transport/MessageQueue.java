package io.kernos.transport;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A bounded first-in first-out queue of messages for one receiver that cannot take them just now. Takes no memory while
 * it is unused, doubles up to its limit while it fills, and gives the memory back once it is empty again.
 * <p>
 * For one thread.
 */
public final class MessageQueue {
    /** Takes messages out of the queue. */
    @FunctionalInterface
    public interface Handler {
        /**
         * The oldest message.
         *
         * @param buffer that holds it.
         * @param offset at which it starts.
         * @param length of it in bytes.
         * @return true when it was taken; false to be given it again later.
         */
        boolean onMessage(DirectBuffer buffer, int offset, int length);
    }

    private static final int MIN_BYTES = 64 * 1024;
    private static final int PREFIX_BYTES = 8;
    private static final int WRAP = -1;
    private static final byte[] NOTHING = new byte[0];

    private final UnsafeBuffer buffer = new UnsafeBuffer(NOTHING);
    private final int maxBytes;
    private long head;
    private long tail;
    private int messageCount;

    /**
     * An empty queue.
     *
     * @param maxBytes of memory that it may take: a power of two, at least 65,536.
     */
    public MessageQueue(int maxBytes) {
        if (maxBytes < MIN_BYTES || !BitUtil.isPowerOfTwo(maxBytes)) {
            throw new IllegalArgumentException(
                    "maxBytes=" + maxBytes + " must be a power of two, at least " + MIN_BYTES);
        }
        this.maxBytes = maxBytes;
    }

    /**
     * Add a message.
     *
     * @param message buffer that holds it.
     * @param offset at which it starts.
     * @param length of it in bytes, at most {@link Limits#MAX_MESSAGE_BYTES}.
     * @return false when it does not fit within the limit; the queue is unchanged then.
     */
    public boolean offer(DirectBuffer message, int offset, int length) {
        int entryBytes = PREFIX_BYTES + BitUtil.align(length, PREFIX_BYTES);
        while (!fits(entryBytes)) {
            if (!grow(entryBytes)) {
                return false;
            }
        }
        int at = index(tail);
        if (entryBytes > buffer.capacity() - at) {
            buffer.putInt(at, WRAP);
            tail += buffer.capacity() - at;
            at = 0;
        }
        buffer.putInt(at, length);
        buffer.putBytes(at + PREFIX_BYTES, message, offset, length);
        tail += entryBytes;
        messageCount++;
        return true;
    }

    /**
     * Give messages out, oldest first, until the handler takes no more.
     *
     * @param handler that takes them.
     * @param limit of messages.
     * @return how many were taken.
     */
    public int drain(Handler handler, int limit) {
        int taken = 0;
        while (messageCount > 0 && taken < limit) {
            int at = index(head);
            if (buffer.getInt(at) == WRAP) {
                head += buffer.capacity() - at;
                at = 0;
            }
            int length = buffer.getInt(at);
            if (!handler.onMessage(buffer, at + PREFIX_BYTES, length)) {
                return taken;
            }
            head += PREFIX_BYTES + BitUtil.align(length, PREFIX_BYTES);
            messageCount--;
            taken++;
        }
        if (messageCount == 0) {
            clear();
        }
        return taken;
    }

    /** Forget all messages and give the memory back. */
    public void clear() {
        head = 0;
        tail = 0;
        messageCount = 0;
        if (buffer.capacity() > MIN_BYTES) {
            buffer.wrap(NOTHING);
        }
    }

    /**
     * How many messages wait.
     *
     * @return the count.
     */
    public int messageCount() {
        return messageCount;
    }

    /**
     * Whether no message waits.
     *
     * @return true when none does.
     */
    public boolean isEmpty() {
        return messageCount == 0;
    }

    private boolean fits(int entryBytes) {
        int capacity = buffer.capacity();
        long free = capacity - (tail - head);
        if (capacity == 0 || entryBytes > free) {
            return false;
        }
        int toEnd = capacity - index(tail);
        return entryBytes <= toEnd || toEnd + entryBytes <= free;
    }

    private boolean grow(int entryBytes) {
        int capacity = Math.max(MIN_BYTES, buffer.capacity() * 2);
        if (capacity > maxBytes || entryBytes > maxBytes) {
            return false;
        }
        UnsafeBuffer larger = new UnsafeBuffer(new byte[capacity]);
        int at = 0;
        for (int i = 0, count = messageCount; i < count; i++) {
            if (buffer.getInt(index(head)) == WRAP) {
                head += buffer.capacity() - index(head);
            }
            int bytes = PREFIX_BYTES + BitUtil.align(buffer.getInt(index(head)), PREFIX_BYTES);
            larger.putBytes(at, buffer, index(head), bytes);
            at += bytes;
            head += bytes;
        }
        buffer.wrap(larger);
        head = 0;
        tail = at;
        return true;
    }

    private int index(long position) {
        return (int) position & (buffer.capacity() - 1);
    }
}
