package io.kernos.master.state;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/** The open sessions. */
final class SessionTable {
    private final Long2ObjectHashMap<Session> byId = new Long2ObjectHashMap<>();
    private final IndexPool indexes;
    private Session[] sessions = new Session[16];

    SessionTable(int maxSessions) {
        indexes = new IndexPool(maxSessions);
    }

    Session byId(long sessionId) {
        return byId.get(sessionId);
    }

    int size() {
        return indexes.used();
    }

    boolean isFull() {
        return indexes.isFull();
    }

    Session add(long sessionId) {
        return put(indexes.acquire(), sessionId);
    }

    Session load(int index, long sessionId) {
        indexes.claim(index);
        return put(index, sessionId);
    }

    void remove(Session session) {
        byId.remove(session.id);
        sessions[session.index] = null;
        indexes.release(session.index);
    }

    /** The first session with this index or a higher one; null if there is none. */
    Session from(int index) {
        int next = indexes.next(index);
        return next == IndexPool.NONE ? null : sessions[next];
    }

    private Session put(int index, long sessionId) {
        if (index >= sessions.length) {
            sessions = Arrays.copyOf(sessions, Math.max(index + 1, sessions.length * 2));
        }
        Session session = new Session(index, sessionId);
        sessions[index] = session;
        byId.put(sessionId, session);
        return session;
    }
}
