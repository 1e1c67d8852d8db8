package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A framework that does anything, and checks that what it is told goes forward only. */
final class ModelFramework {
    private final TestMaster master;
    private final Random random;
    private final int number;
    private final TestFramework framework;
    private final Map<Long, TaskState> told = new HashMap<>();
    private final Map<Long, Integer> unacknowledged = new TreeMap<>();
    private final Map<Long, Integer> sequences = new HashMap<>();
    private final Set<Long> tasks = new LinkedHashSet<>();
    private final List<Inbox.Offered> offers = new ArrayList<>();
    private final List<TestMaster.Outgoing> sent = new ArrayList<>();
    private final int[] templates;
    private boolean isHere = true;
    private long nextTaskId = 1;

    ModelFramework(TestMaster master, Random random, int number) {
        this.master = master;
        this.random = random;
        this.number = number;
        framework = new TestFramework(master);
        framework.subscribe(0, 10_000_000, number % 2 == 0, false);
        templates = new int[] {
            framework.template(1000, TestFramework.GIB, 0), framework.template(300, TestFramework.GIB / 4, 2)
        };
    }

    long id() {
        return framework.id;
    }

    Set<Long> submitted() {
        return tasks;
    }

    TaskState toldState(long taskId) {
        return told.get(taskId);
    }

    boolean isQuiet() {
        return unacknowledged.isEmpty();
    }

    void act() {
        if (!isHere) {
            if (random.nextInt(4) == 0) {
                comeBack();
            }
            return;
        }
        switch (random.nextInt(14)) {
            case 0, 1 -> submit();
            case 2, 3 -> accept();
            case 4 -> declineAll(random.nextInt(2_000));
            case 5 -> kill();
            case 6, 7, 8 -> acknowledgeSome();
            case 9 -> framework.send(Messages.reconcile(framework.id));
            case 10 -> framework.send(random.nextBoolean() ? Messages.suppress(id()) : Messages.revive(id()));
            case 11 -> leave();
            case 12 -> repeatOld();
            default -> acknowledgeAll();
        }
        takeMessages();
    }

    void comeBack() {
        if (isHere && random.nextBoolean()) {
            return;
        }
        isHere = true;
        offers.clear();
        framework.failOver(number % 2 == 0, false);
        assertTrue(framework.all(Inbox.Refusal.class).isEmpty(), () -> this + " cannot come back");
        takeMessages();
        framework.send(Messages.revive(id()));
    }

    void acknowledgeAll() {
        if (!isHere) {
            return;
        }
        for (Map.Entry<Long, Integer> each : new ArrayList<>(unacknowledged.entrySet())) {
            unacknowledged.remove(each.getKey());
            framework.acknowledge(each.getKey(), each.getValue());
        }
    }

    void declineAll(long refuseMs) {
        List<Long> ids = offers.stream().map(Inbox.Offered::offerId).toList();
        offers.clear();
        if (isHere && !ids.isEmpty()) {
            framework.send(Messages.decline(1, id(), refuseMs, ids));
        }
    }

    void takeMessages() {
        for (Inbox.Message message : framework.drain()) {
            on(message);
        }
    }

    private void on(Inbox.Message message) {
        switch (message) {
            case Inbox.Updated update -> onUpdate(update);
            case Inbox.Offered offer -> {
                offers.removeIf(each -> each.offerId() == offer.offerId());
                offers.add(offer);
            }
            case Inbox.Submitted taken -> onSubmitted(taken);
            case Inbox.Rescinded gone -> offers.removeIf(each -> each.offerId() == gone.offerId());
            default -> {}
        }
    }

    /** From here on each of the tasks must be heard of, even if an earlier try was refused. */
    private void onSubmitted(Inbox.Submitted taken) {
        for (int i = 0; i < taken.count(); i++) {
            tasks.add(taken.firstTaskId() + i);
        }
    }

    private void onUpdate(Inbox.Updated update) {
        if (update.state() == TaskState.UNKNOWN) {
            boolean isKnownToBeOver =
                    told.containsKey(update.taskId()) && TaskStates.isFinal(told.get(update.taskId()));
            assertTrue(isKnownToBeOver || !tasks.contains(update.taskId()), () -> this + " lost: " + update);
            return;
        }
        TaskState before = told.get(update.taskId());
        assertTrue(isForward(before, update.state()), () -> this + " from " + before + ": " + update);
        told.put(update.taskId(), update.state());
        if (update.sequence() > 0) {
            assertTrue(update.sequence() >= sequences.getOrDefault(update.taskId(), 0), () -> "back: " + update);
            sequences.put(update.taskId(), update.sequence());
            unacknowledged.put(update.taskId(), update.sequence());
        }
    }

    private static boolean isForward(TaskState before, TaskState after) {
        if (before == null || before == after || before == TaskState.UNREACHABLE) {
            return true;
        }
        return !TaskStates.isFinal(before) && TaskStates.rank(after) > TaskStates.rank(before);
    }

    private void submit() {
        int count = 1 + random.nextInt(30);
        TestMaster.Outgoing message =
                Messages.submit(1, id(), nextTaskId, count, templates[random.nextInt(templates.length)]);
        nextTaskId += count;
        sent.add(message);
        takeMessages();
        framework.send(message);
        int answers = framework.all(Inbox.Submitted.class).size()
                + framework.all(Inbox.Refusal.class).size();
        assertTrue(answers == 1, () -> this + " has no answer to its submit");
        if (random.nextInt(4) == 0) {
            framework.send(message);
        }
    }

    private void accept() {
        if (offers.isEmpty()) {
            return;
        }
        Inbox.Offered offer = offers.remove(random.nextInt(offers.size()));
        long[] ids = new long[1 + random.nextInt(3)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = nextTaskId++;
            tasks.add(ids[i]);
        }
        TestMaster.Outgoing message = Messages.accept(
                1,
                id(),
                random.nextInt(100),
                List.of(offer.offerId()),
                templates[random.nextInt(templates.length)],
                ids);
        sent.add(message);
        int before = framework.all(Inbox.Refusal.class).size();
        framework.send(message);
        if (framework.all(Inbox.Refusal.class).size() > before) {
            for (long taskId : ids) {
                tasks.remove(taskId);
            }
        }
    }

    private void kill() {
        if (nextTaskId > 1) {
            long first = 1 + random.nextLong(nextTaskId - 1);
            framework.kill(first, 1 + random.nextInt(20));
        }
    }

    private void acknowledgeSome() {
        List<Long> ids = new ArrayList<>(unacknowledged.keySet());
        if (!ids.isEmpty()) {
            long taskId = ids.get(random.nextInt(ids.size()));
            framework.acknowledge(taskId, unacknowledged.remove(taskId));
        }
    }

    private void leave() {
        if (random.nextInt(3) == 0) {
            isHere = false;
            offers.clear();
            takeMessages();
            master.close(framework.session);
        }
    }

    /** A message that was lost on the way, it seemed, comes once more; whoever it named is done with it. */
    private void repeatOld() {
        if (!sent.isEmpty()) {
            framework.send(sent.get(random.nextInt(sent.size())));
        }
    }

    @Override
    public String toString() {
        return "framework " + id() + (isHere ? " here " : " away ") + unacknowledged;
    }
}
