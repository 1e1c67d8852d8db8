package io.kernos.master.state;

import io.kernos.transport.codecs.FrameworkState;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/** A framework that is there, may come back, or is completed with tasks that still end. */
final class Framework {
    static final int FLAG_OFFERS = 1;
    static final int FLAG_DETACHED = 2;

    final Link<Framework> inDirty = new Link<>(this);
    final Link<Framework> inAttention = new Link<>(this);

    final int index;
    final long id;
    final Role role;
    final byte[] user;

    byte[] name;
    Session session;
    FrameworkState state = FrameworkState.ACTIVE;
    int flags;
    long failoverTimeoutMs;
    long removeAtMs;
    long tickAtMs;
    long registeredMs;
    long lastTaskId;
    int lastTemplateId;
    long subscribeCorrelationId;
    boolean suppressed;
    /** What the allocator was told: whether to make offers. */
    boolean isOffered = true;

    final Long2ObjectHashMap<Task> taskById = new Long2ObjectHashMap<>();
    final Chain<Task> tasks = new Chain<>();
    final Chain<Task> queue = new Chain<>();
    final Int2ObjectHashMap<Template> templateById = new Int2ObjectHashMap<>();
    final List<Template> templates = new ArrayList<>();
    final Chain<Offer> offers = new Chain<>();
    final DemandList demands = new DemandList();
    final Chain<Demand> killedDemands = new Chain<>();
    int inFlight;
    int liveCount;
    long pendingCount;
    long killedPendingCount;

    Framework(int index, long id, Role role, byte[] name, byte[] user) {
        this.index = index;
        this.id = id;
        this.role = role;
        this.name = name;
        this.user = user;
    }

    boolean isDetached() {
        return (flags & FLAG_DETACHED) != 0;
    }

    boolean wantsOffers() {
        return (flags & FLAG_OFFERS) != 0 && !suppressed && state == FrameworkState.ACTIVE;
    }

    /** Nobody is there, or will be, to acknowledge: updates count as acknowledged. */
    boolean isUnattended() {
        return state == FrameworkState.COMPLETED || (state == FrameworkState.DISCONNECTED && isDetached());
    }

    boolean hasNoTasks() {
        return tasks.isEmpty() && pendingCount == 0 && killedPendingCount == 0;
    }

    @Override
    public String toString() {
        return "framework " + id + " " + state;
    }
}
