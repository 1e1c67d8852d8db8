package io.kernos.client;

/**
 * Templates and submits that the master has not confirmed, in the order in which they were asked for: what has to be
 * sent, and sent again after a loss. A ring of fixed size; a submit costs no allocation.
 */
final class PendingRequests {
    /** No request. */
    static final int NONE = -1;

    private final int mask;
    private final long[] correlationIds;
    private final long[] firstTaskIds;
    private final int[] taskCounts;
    private final int[] templateIds;
    private final byte[][] templates;
    private final boolean[] confirmed;
    private long head;
    private long tail;
    private long nextToSend;
    private long endOfSentAgain;

    /**
     * An empty ring.
     *
     * @param capacity most requests that can wait; a power of two.
     */
    PendingRequests(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity=" + capacity + " must be a power of two");
        }
        mask = capacity - 1;
        correlationIds = new long[capacity];
        firstTaskIds = new long[capacity];
        taskCounts = new int[capacity];
        templateIds = new int[capacity];
        templates = new byte[capacity][];
        confirmed = new boolean[capacity];
    }

    boolean isFull() {
        return tail - head > mask;
    }

    int size() {
        return (int) (tail - head);
    }

    void addTemplate(long correlationId, int templateId, byte[] message) {
        add(correlationId, templateId, 0, 0, message);
    }

    void addSubmit(long correlationId, int templateId, long firstTaskId, int taskCount) {
        add(correlationId, templateId, firstTaskId, taskCount, null);
    }

    private void add(long correlationId, int templateId, long firstTaskId, int taskCount, byte[] template) {
        if (isFull()) {
            throw new IllegalStateException("add to a full ring");
        }
        int slot = (int) tail & mask;
        correlationIds[slot] = correlationId;
        templateIds[slot] = templateId;
        firstTaskIds[slot] = firstTaskId;
        taskCounts[slot] = taskCount;
        templates[slot] = template;
        confirmed[slot] = false;
        tail++;
    }

    /** The first request that has to be sent, or {@link #NONE}. */
    int nextToSend() {
        while (nextToSend < tail && confirmed[(int) nextToSend & mask]) {
            nextToSend++;
        }
        return nextToSend < tail ? (int) nextToSend & mask : NONE;
    }

    /** The request that {@link #nextToSend()} gave was sent. */
    void onSent() {
        nextToSend++;
    }

    /** All that is not confirmed has to be sent again, but for templates up to the one that the master knows. */
    void sendAgain(int lastKnownTemplateId) {
        for (long i = head; i < tail; i++) {
            int slot = (int) i & mask;
            if (templates[slot] != null && templateIds[slot] <= lastKnownTemplateId) {
                confirm(slot);
            }
        }
        dropConfirmed();
        nextToSend = head;
        endOfSentAgain = tail;
    }

    /** The submit of a task among the requests that had to be sent again, or {@link #NONE}. */
    int findSentAgain(long taskId) {
        for (long i = head; i < endOfSentAgain; i++) {
            int slot = (int) i & mask;
            long index = taskId - firstTaskIds[slot];
            if (!confirmed[slot] && 0 <= index && index < taskCounts[slot]) {
                return slot;
            }
        }
        return NONE;
    }

    /** A submit is durable, and with it the templates that were sent before it. */
    boolean onSubmitted(long correlationId, long firstTaskId) {
        int found = find(correlationId, firstTaskId);
        if (found == NONE) {
            return false;
        }
        for (long i = head; ((int) i & mask) != found; i++) {
            int slot = (int) i & mask;
            if (templates[slot] != null) {
                confirm(slot);
            }
        }
        confirm(found);
        dropConfirmed();
        return true;
    }

    /** The request with this id, or {@link #NONE}; its fields can be read until {@link #remove}. */
    int find(long correlationId) {
        for (long i = head; i < tail; i++) {
            int slot = (int) i & mask;
            if (correlationIds[slot] == correlationId && !confirmed[slot]) {
                return slot;
            }
        }
        return NONE;
    }

    private int find(long correlationId, long firstTaskId) {
        int slot = find(correlationId);
        return slot != NONE && firstTaskIds[slot] == firstTaskId ? slot : NONE;
    }

    void remove(int slot) {
        confirm(slot);
        dropConfirmed();
    }

    private void confirm(int slot) {
        confirmed[slot] = true;
        templates[slot] = null;
    }

    private void dropConfirmed() {
        while (head < tail && confirmed[(int) head & mask]) {
            head++;
        }
        nextToSend = Math.max(nextToSend, head);
    }

    long correlationId(int slot) {
        return correlationIds[slot];
    }

    long firstTaskId(int slot) {
        return firstTaskIds[slot];
    }

    int taskCount(int slot) {
        return taskCounts[slot];
    }

    int templateId(int slot) {
        return templateIds[slot];
    }

    /** The message of a template, null for a submit. */
    byte[] template(int slot) {
        return templates[slot];
    }
}
