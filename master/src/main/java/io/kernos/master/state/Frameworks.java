package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.transport.codecs.FrameworkState;
import io.kernos.transport.codecs.RefusalCode;

/** Frameworks come, go, come back, and leave for good. */
final class Frameworks {
    private final FrameworkTable table;
    private final RoleTable roles;
    private final SessionTable sessions;
    private final Templates templates;
    private final Offers offers;
    private final Demands demands;
    private final Updates updates;
    private final Kills kills;
    private final Allocator allocator;
    private final TimerQueue timers;
    private final FrameworkPublisher publisher;
    private final Outbound out;
    private final Projection projection;
    private final Tables tables;
    private final StateContext context;
    private final Counting counting;
    private final Text why = new Text();

    Frameworks(
            Tables tables,
            Publishers publishers,
            Allocator allocator,
            Templates templates,
            Offers offers,
            Demands demands,
            Updates updates,
            Kills kills,
            StateContext context) {
        this.table = tables.frameworks;
        this.roles = tables.roles;
        this.sessions = tables.sessions;
        this.templates = templates;
        this.offers = offers;
        this.demands = demands;
        this.updates = updates;
        this.kills = kills;
        this.allocator = allocator;
        this.timers = tables.timers;
        this.publisher = publishers.frameworks;
        this.out = publishers.out;
        this.projection = tables.projection;
        this.tables = tables;
        this.context = context;
        this.counting = context.counting();
    }

    void subscribe(Request request, Subscription wanted, long nowMs) {
        if (wanted.isRefused(request, context)) {
            return;
        }
        Framework mine = request.session.framework;
        if (mine != null && wanted.isRepeatOf(mine)) {
            repeat(mine);
        } else if (mine != null && wanted.frameworkId != mine.id) {
            request.why()
                    .put("this session is framework ")
                    .put(mine.id)
                    .put("; unsubscribe it or open another session");
            request.refuse(RefusalCode.ALREADY_EXISTS);
        } else if (wanted.frameworkId == 0) {
            join(request, wanted, nowMs);
        } else {
            comeBack(request, wanted);
        }
    }

    /** A framework's session is gone. */
    void disconnect(Framework framework, long nowMs) {
        framework.session = null;
        state(framework, FrameworkState.DISCONNECTED);
        offers.rescindOf(framework);
        heedWish(framework);
        updates.stop(framework);
        if (framework.isDetached()) {
            updates.forgoAll(framework);
        } else if (framework.failoverTimeoutMs == 0) {
            why.start().put("its session is gone and its failover timeout is 0");
            complete(framework, 0);
        } else {
            framework.removeAtMs = nowMs + framework.failoverTimeoutMs;
            timers.schedule(TimerKinds.FRAMEWORK_REMOVAL, framework.index, framework.removeAtMs);
        }
    }

    void unsubscribe(Framework framework, long correlationId) {
        why.start().put("unsubscribed");
        complete(framework, correlationId);
    }

    /** No offers until it is revived. */
    void suppress(Framework framework) {
        framework.suppressed = true;
        heedWish(framework);
        projection.changed(framework);
    }

    /** Offers again, of all agents. */
    void revive(Framework framework) {
        framework.suppressed = false;
        if (framework.wantsOffers()) {
            framework.isOffered = true;
            allocator.frameworks().revive(framework.index);
        }
        projection.changed(framework);
    }

    /** A framework did not come back in time. */
    void timeOut(Framework framework) {
        why.start().put("its failover timeout ended");
        complete(framework, 0);
    }

    /** Carries on with what a framework waits for, and forgets it once nothing is left of it. */
    void tend(Framework framework, long nowMs) {
        boolean isMore = framework.session != null && updates.drain(framework);
        long delayMs = Math.max(isMore ? 1 : 0, demands.tellKilled(framework, nowMs));
        framework.tickAtMs = delayMs == 0 ? 0 : nowMs + delayMs;
        if (delayMs == 0) {
            timers.cancel(TimerKinds.FRAMEWORK_TICK, framework.index);
        } else {
            timers.schedule(TimerKinds.FRAMEWORK_TICK, framework.index, framework.tickAtMs);
        }
        if (framework.isUnattended() && framework.hasNoTasks()) {
            if (framework.state != FrameworkState.COMPLETED) {
                state(framework, FrameworkState.COMPLETED);
            }
            forget(framework);
        }
        framework.inAttention.unlink();
    }

    /** Tells a connected framework again what it did not acknowledge. */
    void repeat(Framework framework) {
        publisher.subscribed(framework);
        offers.repeat(framework);
        updates.restart(framework);
    }

    private void join(Request request, Subscription wanted, long nowMs) {
        if (table.isFull() || (roles.byName(wanted.role) == null && roles.isFull())) {
            request.why()
                    .put("the limits maxFrameworks=")
                    .put(context.maxFrameworks())
                    .put(", maxRoles=");
            request.text().put(context.maxRoles()).put(" are reached; let frameworks unsubscribe, or raise them");
            request.refuse(RefusalCode.LIMIT_REACHED);
            return;
        }
        Role role = roles.byName(wanted.role);
        if (role == null) {
            role = roles.add(wanted.role, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.roles().add(role.index, role.weightMilli);
            projection.changed(role);
        }
        role.frameworkCount++;
        Framework framework = table.add(role, wanted.name, wanted.user);
        framework.registeredMs = nowMs;
        allocator.frameworks().add(framework.index, role.index);
        counting.add(MasterCounter.FRAMEWORKS_SUBSCRIBED, 1);
        counting.add(MasterCounter.FRAMEWORKS_ACTIVE, 1);
        attach(framework, request.session, wanted);
    }

    private void comeBack(Request request, Subscription wanted) {
        Framework framework = table.byId(wanted.frameworkId);
        if (framework == null || framework.state == FrameworkState.COMPLETED) {
            request.why().put("frameworkId=").put(wanted.frameworkId);
            request.text().put(" is not there: it never was, or is completed; subscribe with 0 to join anew");
            request.refuse(RefusalCode.UNKNOWN_FRAMEWORK);
            return;
        }
        if (wanted.isOther(request, framework)) {
            return;
        }
        Session old = framework.session;
        if (old != null && old != request.session) {
            why.start().put("another session came back as this framework");
            publisher.removed(old, 0, framework.id, why);
            sessions.remove(old);
            counting.add(MasterCounter.SESSIONS, -1);
            out.close(old.id);
        }
        framework.name = wanted.name;
        framework.removeAtMs = 0;
        timers.cancel(TimerKinds.FRAMEWORK_REMOVAL, framework.index);
        if (old == null) {
            state(framework, FrameworkState.ACTIVE);
        }
        counting.add(MasterCounter.FRAMEWORKS_FAILED_OVER, 1);
        attach(framework, request.session, wanted);
    }

    private void attach(Framework framework, Session session, Subscription wanted) {
        framework.session = session;
        session.framework = framework;
        boolean wantedOffers = framework.wantsOffers();
        framework.flags = wanted.flags;
        framework.failoverTimeoutMs = wanted.failoverTimeoutMs;
        framework.subscribeCorrelationId = wanted.correlationId;
        if (wantedOffers && !framework.wantsOffers()) {
            dropOffers(framework);
        }
        heedWish(framework);
        projection.changed(framework);
        repeat(framework);
    }

    /** Says to the allocator whether a framework wants offers. */
    private void heedWish(Framework framework) {
        if (framework.wantsOffers() == framework.isOffered) {
            return;
        }
        framework.isOffered = framework.wantsOffers();
        if (framework.isOffered) {
            allocator.frameworks().revive(framework.index);
        } else {
            allocator.frameworks().suppress(framework.index);
        }
    }

    private void dropOffers(Framework framework) {
        while (!framework.offers.isEmpty()) {
            Offer offer = framework.offers.first();
            publisher.rescinded(offer);
            counting.add(MasterCounter.OFFERS_RESCINDED, 1);
            offers.recover(offer);
        }
    }

    private void complete(Framework framework, long correlationId) {
        if (framework.session != null) {
            publisher.removed(framework.session, correlationId, framework.id, why);
            framework.session.framework = null;
            framework.session = null;
        }
        framework.removeAtMs = 0;
        timers.cancel(TimerKinds.FRAMEWORK_REMOVAL, framework.index);
        state(framework, FrameworkState.COMPLETED);
        offers.rescindOf(framework);
        demands.drop(framework);
        allocator.frameworks().deactivate(framework.index);
        updates.stop(framework);
        updates.forgoAll(framework);
        kills.killAll(framework);
    }

    private void forget(Framework framework) {
        timers.cancel(TimerKinds.FRAMEWORK_TICK, framework.index);
        templates.forgetOf(framework);
        allocator.frameworks().remove(framework.index);
        table.remove(framework);
        projection.removed(framework);
        Role role = framework.role;
        role.frameworkCount--;
        if (role.frameworkCount == 0) {
            allocator.roles().remove(role.index);
            roles.remove(role);
            projection.removed(role);
        }
    }

    private void state(Framework framework, FrameworkState state) {
        count(framework.state, -1);
        framework.state = state;
        count(state, 1);
        projection.changed(framework);
        tables.attend(framework);
    }

    private void count(FrameworkState state, int delta) {
        switch (state) {
            case ACTIVE -> counting.add(MasterCounter.FRAMEWORKS_ACTIVE, delta);
            case DISCONNECTED -> counting.add(MasterCounter.FRAMEWORKS_DISCONNECTED, delta);
            case COMPLETED -> counting.add(MasterCounter.FRAMEWORKS_COMPLETED, Math.max(0, delta));
            case NULL_VAL -> throw new IllegalStateException("a framework without a state");
        }
    }
}
