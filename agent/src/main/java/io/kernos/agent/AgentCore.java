package io.kernos.agent;

import io.kernos.isolation.ContainerExit;
import io.kernos.isolation.ContainerListener;
import io.kernos.isolation.LaunchOutcome;
import io.kernos.isolation.LaunchStage;
import io.kernos.linux.Errno;
import io.kernos.transport.codecs.LaunchTaskDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.MutableInteger;

/**
 * What an agent decides: the life of each task from its launch until the master has acknowledged its end.
 * <p>
 * A state machine for one thread. Events come in as {@code onXxx}; effects go out through {@link JournalLog},
 * {@link TaskContainers} and {@link StatusPublisher}, each of which may refuse, whereupon the core keeps what it wanted
 * and tries again in {@link #onTime}. Messages must have passed {@link io.kernos.transport.MessageCheck}.
 * <p>
 * What makes it lose nothing and do nothing twice: a launch is in the journal before it is ordered; an end is in the
 * journal before the master is told and the supervisor may forget it; and a task is forgotten only when the master has
 * acknowledged its end.
 */
public final class AgentCore implements ContainerListener {
    /** Most tasks of an agent that did not end, half of what its supervisor holds; a launch beyond is refused. */
    public static final int MAX_TASKS = 8_192;

    /** Most tasks with those whose ends are not acknowledged; beyond, the agent must register again to be told anew. */
    public static final int MAX_KEPT_TASKS = 2 * MAX_TASKS;

    /** Longest grace period, milliseconds. */
    public static final int MAX_KILL_GRACE_MS = 24 * 3_600_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LaunchTaskDecoder launchDecoder = new LaunchTaskDecoder();
    private final AgentState state;
    private final JournalAdapter journalAdapter;
    private final JournalPublisher journal;
    private final TaskContainers containers;
    private final Counting counting;
    private final StatusOutbox statuses;
    private final ContainerOrders orders;
    private final TaskKiller killer;
    private final TaskLife life;
    private final Recovery recovery;

    private long epochNs;
    private boolean idToWrite;
    private boolean leftOut;

    /**
     * Makes a core that knows nothing yet: {@link #replay} its journal into it, then let the supervisor tell.
     *
     * @param log          makes decisions durable.
     * @param containers   carries out what is ordered.
     * @param publisher    carries statuses to the master.
     * @param counting     takes what is counted.
     * @param retryMs      after how long a status that was not acknowledged is sent again; each pause doubles.
     * @param retryMaxMs   longest of these pauses.
     * @param maxTemplates most templates that are kept.
     */
    public AgentCore(
            JournalLog log,
            TaskContainers containers,
            StatusPublisher publisher,
            Counting counting,
            long retryMs,
            long retryMaxMs,
            int maxTemplates) {
        this.state = new AgentState(maxTemplates);
        this.journalAdapter = new JournalAdapter(state);
        this.journal = new JournalPublisher(log, counting);
        this.containers = containers;
        this.counting = counting;
        this.statuses = new StatusOutbox(state.tasks, publisher, counting, retryMs, retryMaxMs);
        this.orders = new ContainerOrders(containers, this::attempt);
        this.life = new TaskLife(state, journal, containers, orders, statuses, counting);
        this.killer = new TaskKiller(life, orders);
        this.recovery = new Recovery(state, life, orders, killer);
    }

    /**
     * Restores from one record of the journal of an earlier life. Before any event.
     *
     * @param buffer holds the record.
     * @param offset where it begins.
     * @param length of it, bytes.
     * @return false when it is not understood: the journal ends before it.
     */
    public boolean replay(DirectBuffer buffer, int offset, int length) {
        return journalAdapter.onRecord(buffer, offset, length);
    }

    /**
     * The journal is read. Call it once, after the last {@link #replay}.
     *
     * @param damaged whether records that were written may be missing from its end.
     */
    public void onReplayed(boolean damaged) {
        state.journalDamaged |= damaged;
        state.templates.trim();
        life.restored();
        statuses.restored();
    }

    /**
     * Time went on. Call it in each duty cycle before other events.
     *
     * @param nowMs      milliseconds on a clock that never steps.
     * @param newEpochNs nanoseconds since 1970.
     * @return how much was done.
     */
    public int onTime(long nowMs, long newEpochNs) {
        epochNs = newEpochNs;
        journal.onTime(nowMs);
        if (journal.mayTryAgain()) {
            writeId();
        }
        return killer.onTime(nowMs, epochNs) + life.makeDurable() + orders.flush() + statuses.onTime(nowMs);
    }

    // An id that is forgotten would cost all tasks: under another one they are strays
    private void writeId() {
        idToWrite = idToWrite && !journal.registered(state.agentId, state.clusterId);
    }

    // From the master

    /**
     * The master took the agent in: what it has not acknowledged is told again.
     *
     * @param agentId   number of the agent.
     * @param clusterId the master's cluster; 0: it has none.
     */
    public void onRegistered(long agentId, long clusterId) {
        idToWrite |= agentId != state.agentId || clusterId != state.clusterId;
        state.agentId = agentId;
        state.clusterId = clusterId;
        leftOut = false;
        writeId();
        counting.add(AgentCounter.REGISTRATIONS, 1);
        statuses.repeatAll();
    }

    /**
     * The master tells what a task is.
     *
     * @param buffer holds a DefineTemplate.
     * @param offset where its header begins.
     * @param length with its header.
     */
    public void onDefineTemplate(DirectBuffer buffer, int offset, int length) {
        TaskTemplate template = TaskTemplate.decode(buffer, offset, length);
        TaskTemplate known = state.templates.find(template.frameworkId(), template.templateId());
        if (known != null && known.sameAs(template)) {
            return;
        }
        if (journal.message(buffer, offset, length)) {
            state.templates.put(template);
            state.templates.trim();
        }
    }

    /** {@return whether the master must tell a template again; never while the journal takes none: that is in vain} */
    public boolean wantsTemplate(long frameworkId, int templateId) {
        return journal.works() && state.templates.find(frameworkId, templateId) == null;
    }

    /**
     * The master wants a task launched. One that the agent has is let be.
     *
     * @param buffer     holds a LaunchTask.
     * @param offset     where its header begins.
     * @param length     with its header.
     * @param receivedNs when it came, nanoseconds since 1970.
     */
    public void onLaunch(DirectBuffer buffer, int offset, int length, long receivedNs) {
        AgentTask task = state.taskOf(launchDecoder.wrapAndApplyHeader(buffer, offset, header), receivedNs);
        if (state.tasks.find(task.frameworkId, task.taskId) != null) {
            return;
        }
        writeId();
        if (task.template == null && journal.works()) {
            refuse(
                    task,
                    TaskReason.TASK_INVALID,
                    "template " + task.templateId + " of framework " + task.frameworkId
                            + " was not told to the agent: register it before launching its tasks");
        } else if (life.liveCount() >= MAX_TASKS) {
            refuse(
                    task,
                    TaskReason.CONTAINER_LAUNCH_FAILED,
                    "the agent has " + MAX_TASKS + " tasks, which is the most: launch it elsewhere or later");
        } else if (task.template == null || idToWrite || !journal.message(buffer, offset, length)) {
            refuse(task, TaskReason.CONTAINER_LAUNCH_FAILED, "the agent cannot write its journal: see its log");
        } else {
            life.add(task);
            counting.add(AgentCounter.LAUNCHES, 1);
            orders.launch(task);
        }
    }

    /**
     * The master wants a task ended.
     *
     * @param frameworkId whose it is.
     * @param taskId      which.
     * @param graceMs     from SIGTERM to SIGKILL; 0 for SIGKILL at once, negative for what its template says.
     */
    public void onKill(long frameworkId, long taskId, int graceMs) {
        AgentTask task = state.tasks.find(frameworkId, taskId);
        if (task == null) {
            AgentTask unknown = new AgentTask(frameworkId, taskId, 0, 0, 0, epochNs);
            refuse(unknown, TaskReason.TASK_UNKNOWN, "asked to be killed, but the agent has no such task");
        } else if (task.live()) {
            killer.kill(task, Math.clamp(graceMs < 0 ? task.template.killGraceMs() : graceMs, 0, MAX_KILL_GRACE_MS));
        }
    }

    /**
     * A state of a task is in the master's log.
     *
     * @param frameworkId  whose it is.
     * @param taskId       which.
     * @param acknowledged the state.
     */
    public void onStatusAck(long frameworkId, long taskId, TaskState acknowledged) {
        AgentTask task = state.tasks.find(frameworkId, taskId);
        if (task == null) {
            return;
        }
        boolean end = acknowledged == task.endState && (task.unacknowledged & AgentTask.END_BIT) != 0;
        if (end && task.endDurable && !journal.acknowledged(task, acknowledged)) {
            return;
        }
        if (statuses.acknowledged(task, acknowledged)) {
            life.forget(task);
        }
    }

    /**
     * Asks every task to end, as when the agent is to stop with its tasks.
     *
     * @param maxGraceMs longest time from SIGTERM to SIGKILL; less where their templates say so.
     */
    public void killAll(int maxGraceMs) {
        state.tasks.forEach(task -> {
            if (task.live()) {
                killer.kill(task, Math.clamp(task.template.killGraceMs(), 0, maxGraceMs));
            }
        });
    }

    /**
     * The master is of another cluster: the tasks are none of its, whatever their ids, and those whose they are is not
     * to be asked. All are told to end, and forgotten once they did; then the agent is one that never registered.
     *
     * @return whether nothing is left, so that the agent may register; else it is to be called again.
     */
    public boolean leaveCluster() {
        killAll(MAX_KILL_GRACE_MS);
        state.tasks.forEach(task -> {
            if (!task.live()) {
                onStatusAck(task.frameworkId, task.taskId, task.endState);
            }
        });
        boolean gone = state.tasks.size() == 0 && orders.allGiven();
        if (!gone || !journal.registered(0, 0)) {
            return false;
        }
        state.agentId = 0;
        state.clusterId = 0;
        idToWrite = false;
        return true;
    }

    // From the supervisor

    @Override
    public void onStarted(
            long frameworkId, long taskId, int pid, long startedEpochNs, long receivedNs, long startedNs) {
        AgentTask task = state.tasks.find(frameworkId, taskId);
        if (task == null || !task.live()) {
            orders.destroy(frameworkId, taskId);
        } else {
            started(task, startedEpochNs);
        }
    }

    @Override
    public void onFailed(long frameworkId, long taskId, LaunchStage stage, int errno, String message) {
        AgentTask task = state.tasks.find(frameworkId, taskId);
        if (stage == LaunchStage.KEY && errno == Errno.EEXIST && task != null && task.live()) {
            return;
        }
        if (task == null || !task.live()) {
            life.settle(task, frameworkId, taskId);
        } else if (task.killRequested) {
            end(task, TaskState.KILLED, TaskReason.KILLED_DURING_LAUNCH, "killed while it was launched");
        } else if (stage == LaunchStage.INIT && task.supervisorId != containers.supervisorId()) {
            end(task, TaskState.LOST, TaskReason.SUPERVISOR_LOST, message);
        } else {
            counting.add(AgentCounter.LAUNCH_FAILURES, 1);
            end(task, TaskState.FAILED, TaskReason.CONTAINER_LAUNCH_FAILED, message);
        }
    }

    @Override
    public void onExited(long frameworkId, long taskId, ContainerExit exit) {
        AgentTask task = state.tasks.find(frameworkId, taskId);
        if (task == null || !task.live()) {
            life.settle(task, frameworkId, taskId);
        } else {
            TaskEnd end = TaskEnd.of(exit, task.killRequested);
            life.end(task, end.state(), end.reason(), end.exitStatus(), exit.endedEpochNs(), end.message());
        }
    }

    @Override
    public void onRecovered(long frameworkId, long taskId, int pid, long startedEpochNs) {
        onStarted(frameworkId, taskId, pid, startedEpochNs, 0, 0);
    }

    /**
     * All that the supervisor holds was told. Tasks that it does not hold are started now if this supervisor never
     * started them, and are lost if they were another's.
     */
    @Override
    public void onRecoveryComplete() {
        long supervisorId = containers.supervisorId();
        orders.open();
        state.tasks.forEach(task -> {
            if (task.live()) {
                recovery.merge(task, supervisorId, epochNs);
            }
        });
        orders.flush();
        state.journalDamaged = false;
    }

    @Override
    public void onDisconnected(String reason) {
        orders.close();
        state.tasks.forEach(task -> task.told = false);
    }

    // What both lead to

    private LaunchOutcome attempt(AgentTask task) {
        if (task.phase != TaskPhase.ACCEPTED) {
            return LaunchOutcome.ACCEPTED;
        }
        long supervisorId = containers.supervisorId();
        if (task.supervisorId != supervisorId) {
            if (!journal.mayTryAgain() || !journal.ordered(task, supervisorId)) {
                return LaunchOutcome.BACK_PRESSURED;
            }
            task.supervisorId = supervisorId;
        }
        try {
            LaunchOutcome outcome = containers.launch(task);
            if (outcome == LaunchOutcome.ACCEPTED) {
                life.phase(task, TaskPhase.ORDERED);
            }
            return outcome;
        } catch (LaunchException ex) {
            launchFailed(task, ex);
        } catch (RuntimeException ex) {
            // Nobody foresaw it, but the task must not wait for ever, nor those behind it
            launchFailed(task, LaunchException.failed("could not be launched: " + ex));
        }
        return LaunchOutcome.ACCEPTED;
    }

    private void launchFailed(AgentTask task, LaunchException ex) {
        counting.add(AgentCounter.LAUNCH_FAILURES, 1);
        end(task, ex.state(), ex.reason(), ex.getMessage());
    }

    private void started(AgentTask task, long startedEpochNs) {
        task.told = true;
        if (task.startedNs == 0) {
            task.startedNs = startedEpochNs;
            journal.status(task, TaskState.RUNNING);
        }
        if (task.phase.mayBecome(TaskPhase.RUNNING)) {
            life.phase(task, TaskPhase.RUNNING);
            statuses.report(task, TaskState.RUNNING);
        }
    }

    private void refuse(AgentTask task, TaskReason reason, String message) {
        if (state.tasks.size() >= MAX_KEPT_TASKS) {
            leftOut = true;
            return;
        }
        task.refused = true;
        life.add(task);
        end(task, TaskState.DROPPED, reason, message);
    }

    private void end(AgentTask task, TaskState endState, TaskReason reason, String message) {
        life.end(task, endState, reason, 0, epochNs, message);
    }

    // For others

    /** {@return number of the agent: given by the master; 0 while it never registered} */
    public long agentId() {
        return state.agentId;
    }

    /** {@return the cluster that {@link #agentId} is of; 0: not known} */
    public long clusterId() {
        return state.clusterId;
    }

    /** {@return whether a cluster is another than that of the agent's tasks; false where one of both is not known} */
    public boolean isForeign(long clusterId) {
        return clusterId != 0 && state.clusterId != 0 && clusterId != state.clusterId;
    }

    /** {@return whether the master has to tell again what there was no room for, and there is some now} */
    public boolean wantsRegistration() {
        return leftOut && state.tasks.size() < MAX_KEPT_TASKS;
    }

    /** {@return whether the supervisor told all that it holds, so that the agent may register} */
    public boolean recovered() {
        return orders.isOpen();
    }

    /** {@return whether records of the journal may be missing, and the supervisor did not tell yet what it holds} */
    boolean journalDamaged() {
        return state.journalDamaged;
    }

    /** {@return how many tasks have something that the master is still to be told, or has not acknowledged} */
    public int unacknowledgedCount() {
        MutableInteger count = new MutableInteger();
        state.tasks.forEach(task -> count.addAndGet(task.live() && task.unacknowledged == 0 ? 0 : 1));
        return count.get();
    }

    /** {@return how many tasks did not end} */
    public int liveCount() {
        return life.liveCount();
    }

    /** {@return how many tasks the agent has, with those that ended and are not acknowledged} */
    public int taskCount() {
        return state.tasks.size();
    }

    /**
     * Finds a task.
     *
     * @param frameworkId whose it is.
     * @param taskId      which.
     * @return the task, or null when the agent does not have it, or no longer.
     */
    public AgentTask task(long frameworkId, long taskId) {
        return state.tasks.find(frameworkId, taskId);
    }

    /**
     * Goes through the tasks in the order in which they came.
     *
     * @param action called with each; must not change the core.
     */
    public void forEachTask(Consumer<AgentTask> action) {
        state.tasks.forEach(action);
    }

    /**
     * Writes all that the core knows as the shortest journal that restores it.
     *
     * @param log       an empty one.
     * @param createdMs now, milliseconds since 1970.
     * @return false when it could not be written whole.
     */
    public boolean snapshot(JournalLog log, long createdMs) {
        return JournalSnapshot.write(state, log, createdMs);
    }

    /**
     * Checks that all that the core knows agrees.
     *
     * @throws IllegalStateException naming what does not.
     */
    public void verify() {
        CoreVerifier.verify(state, life.liveCount());
    }
}
