package io.kernos.master.state;

import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;
import io.kernos.transport.codecs.AgentState;
import io.kernos.transport.codecs.FrameworkState;

/** Checks all invariants. Costs time in proportion to everything there is. */
final class Verification {
    private final Parts parts;
    private final Tables tables;

    Verification(Parts parts) {
        this.parts = parts;
        this.tables = parts.tables;
    }

    void verify() {
        parts.allocator.verify();
        require(tables.attention.isEmpty(), "frameworks are left untended");
        verifySessions();
        verifyFrameworks();
        verifyAgents();
        verifyTasks();
        verifyDemands();
        verifyOffers();
    }

    private void verifySessions() {
        int relays = 0;
        for (Session each = tables.sessions.from(0); each != null; each = tables.sessions.from(each.index + 1)) {
            require(tables.sessions.byId(each.id) == each, "session", each.id);
            require(each.framework == null || each.framework.session == each, "framework of session", each.id);
            require(each.relay == null || each.relay.session == each, "relay of session", each.id);
            require(each.relay == null || tables.relays.byId(each.relay.id) == each.relay, "relay", each.id);
            relays += each.relay == null ? 0 : 1;
        }
        require(relays == tables.relays.size(), "relays", relays);
    }

    private void verifyFrameworks() {
        int templates = 0;
        long bytes = 0;
        for (Framework each = tables.frameworks.from(0); each != null; each = tables.frameworks.from(each.index + 1)) {
            verify(each);
            templates += each.templates.size();
            for (Template template : each.templates) {
                bytes += template.definition.length;
            }
        }
        require(templates == parts.templates.count() && bytes == parts.templates.bytes(), "templates", templates);
        for (Role role = tables.roles.from(0); role != null; role = tables.roles.from(role.index + 1)) {
            require(role.frameworkCount > 0 && tables.roles.byName(role.name) == role, "role", role.index);
        }
    }

    private void verify(Framework it) {
        require(tables.frameworks.byId(it.id) == it && it.id < tables.frameworks.nextId(), "framework", it.id);
        require((it.session != null) == (it.state == FrameworkState.ACTIVE), "session of framework", it.id);
        require(it.session == null || it.session.framework == it, "session of framework", it.id);
        require(it.tasks.size() == it.taskById.size(), "tasks of framework", it.id);
        require(it.isOffered == it.wantsOffers(), "offers to framework", it.id);
        require(!it.isUnattended() || !it.hasNoTasks(), "left over: framework", it.id);
        require(it.session != null || (it.queue.isEmpty() && it.inFlight == 0), "queue of framework", it.id);
        require(it.session != null || it.offers.isEmpty(), "offers of framework", it.id);
        require(it.inFlight <= Updates.WINDOW, "updates of framework", it.id);
        int live = 0;
        int inFlight = 0;
        int queued = 0;
        for (Task task = it.tasks.first(); task != null; task = task.inFramework.after()) {
            require(task.framework == it && it.taskById.get(task.taskId) == task, "task", task.taskId);
            live += task.isFinal() ? 0 : 1;
            inFlight += Updates.isOnTheWay(task) ? 1 : 0;
            queued += task.inQueue.isLinked() ? 1 : 0;
            boolean isUntold = it.session != null && task.sequence > task.sentSequence;
            require(!isUntold || task.inQueue.isLinked(), "update of task", task.taskId);
        }
        require(live == it.liveCount, "live tasks of framework", it.id);
        require(inFlight == it.inFlight, "updates of framework", it.id);
        require(queued == it.queue.size(), "queue of framework", it.id);
        verifyTimers(it);
    }

    private void verifyTimers(Framework it) {
        TimerQueue timers = tables.timers;
        require(
                timers.isScheduled(TimerKinds.FRAMEWORK_REMOVAL, it.index) == (it.removeAtMs != 0),
                "removal of framework",
                it.id);
        require(
                timers.isScheduled(TimerKinds.FRAMEWORK_TICK, it.index) == (it.tickAtMs != 0),
                "tick of framework",
                it.id);
        boolean waits = it.state == FrameworkState.DISCONNECTED && !it.isDetached();
        require(waits == (it.removeAtMs != 0), "failover timeout of framework", it.id);
    }

    private void verifyAgents() {
        int told = 0;
        for (Agent agent = tables.agents.from(0); agent != null; agent = tables.agents.from(agent.index + 1)) {
            verify(agent);
            told += agent.told.size();
        }
        require(told == tables.told.size(), "templates told", told);
    }

    private void verify(Agent it) {
        require(tables.agents.byId(it.id) == it && it.id < tables.agents.nextId(), "agent", it.id);
        require(tables.agents.byInstance(it.instanceId) == it, "instance of agent", it.id);
        boolean isConnected = it.state == AgentState.ACTIVE || it.state == AgentState.REGISTERING;
        require(isConnected == it.isConnected(), "connection of agent", it.id);
        require(!isConnected || it.relay.agentByConnection.get(it.connectionId) == it, "connection of agent", it.id);
        require(isConnected != tables.timers.isScheduled(TimerKinds.AGENT, it.index), "timeout of agent", it.id);
        require(it.state == AgentState.ACTIVE || it.offers.isEmpty(), "offers of agent", it.id);
        require(it.told.size() == it.toldByTemplate.size(), "templates of agent", it.id);
        require(it.state == AgentState.REGISTERING || it.strays.isEmpty(), "strays of agent", it.id);
        Resources used = new Resources();
        for (Task task = it.tasks.first(); task != null; task = task.inAgent.after()) {
            require(task.agent == it && task.agentId == it.id && !task.isFinal(), "task on agent", task.taskId);
            used.add(parts.ledger.of(task.template, task.ports));
        }
        Resources offered = new Resources();
        for (Offer offer = it.offers.first(); offer != null; offer = offer.inAgent.after()) {
            require(offer.agent == it, "offer", offer.id);
            offered.add(offer.resources);
        }
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            require(used.scalar(kind) == it.used.amount(kind), "used on agent", it.id);
            require(offered.scalar(kind) == it.offered.amount(kind), "offered on agent", it.id);
        }
        verifyAccount(it, used, offered);
    }

    /** What is used, offered and free makes up all that the agent has, unless it came back with less than is used. */
    private void verifyAccount(Agent it, Resources used, Resources offered) {
        Resources sum = new Resources();
        parts.allocator.agents().freeOf(it.index, sum);
        sum.add(used);
        sum.add(offered);
        Resources taken = new Resources();
        taken.add(used);
        taken.add(offered);
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long total = Math.max(it.total.scalar(kind), taken.scalar(kind));
            require(sum.scalar(kind) == total, "account of agent", it.id);
        }
    }

    private void verifyTasks() {
        int count = 0;
        for (Framework each = tables.frameworks.from(0); each != null; each = tables.frameworks.from(each.index + 1)) {
            count += each.tasks.size();
        }
        require(count == tables.tasks.size(), "tasks", count);
        for (Task task = tables.tasks.first(); task != null; task = task.inAll.after()) {
            require(task.isFinal() == (task.agent == null), "agent of task", task.taskId);
            require(task.inAgent.isLinked() == (task.agent != null), "agent of task", task.taskId);
            require(task.acknowledgedSequence <= task.sentSequence, "acknowledged of task", task.taskId);
            require(task.sentSequence <= task.sequence, "sent of task", task.taskId);
            require(!task.isFinal() || task.acknowledgedSequence < task.sequence, "over: task", task.taskId);
            require(task.inQueue.isLinked() == (task.queueStamp != 0), "queue of task", task.taskId);
            require(task.taskId <= task.framework.lastTaskId, "id of task", task.taskId);
        }
    }

    private void verifyDemands() {
        long released = 0;
        long waiting = 0;
        int starved = 0;
        long pending = 0;
        for (Demand each = tables.demands.from(0); each != null; each = tables.demands.from(each.index + 1)) {
            require(each.waiting > 0 && each.framework.demands.of(each.nextTaskId) == each, "demand", each.index);
            require(each.isKilled() == each.inKilled.isLinked(), "killed demand", each.index);
            require(each.released <= (each.isKilled() ? 0 : each.waiting), "released of demand", each.index);
            require(
                    each.isKilled() || parts.allocator.demands().waitingTasks(each.index) == each.released,
                    "allocator's demand",
                    each.index);
            boolean isStarved = !each.isKilled() && each.released < each.waiting;
            require(isStarved == tables.demands.isStarved(each), "starved demand", each.index);
            starved += isStarved ? 1 : 0;
            released += each.released;
            waiting += each.waiting;
        }
        for (Framework each = tables.frameworks.from(0); each != null; each = tables.frameworks.from(each.index + 1)) {
            pending += each.pendingCount + each.killedPendingCount;
        }
        require(released == tables.demands.releasedTotal(), "released", released);
        require(waiting == tables.demands.waitingTotal() && waiting == pending, "waiting", waiting);
        require(starved == tables.demands.starvedCount(), "starved", starved);
        require(released + tables.tasks.size() <= parts.context.maxTasks(), "tasks beyond maxTasks", released);
    }

    private void verifyOffers() {
        int ofFrameworks = 0;
        for (Framework each = tables.frameworks.from(0); each != null; each = tables.frameworks.from(each.index + 1)) {
            ofFrameworks += each.offers.size();
        }
        require(ofFrameworks == tables.offers.size(), "offers", ofFrameworks);
        require(tables.offers.size() <= parts.context.maxOffers(), "offers beyond maxOffers", ofFrameworks);
        for (Offer offer = tables.offers.first(); offer != null; offer = offer.inAll.after()) {
            require(tables.offers.byId(offer.id) == offer, "offer", offer.id);
            require(!offer.inNamed.isLinked() && !offer.inSurplus.isLinked(), "chains of offer", offer.id);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private static void require(boolean holds, String what, long id) {
        if (!holds) {
            throw new IllegalStateException("does not agree: " + what + " " + id);
        }
    }
}
