package io.kernos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/** Notes what a session says, in words. */
final class RecordingListener implements SchedulerListener {
    private final List<String> heard = new ArrayList<>();
    private long failOnTask;
    private Refusal refusal;
    private Runnable onUpdate = () -> {};

    List<String> take() {
        List<String> result = List.copyOf(heard);
        heard.clear();
        return result;
    }

    void failOnTask(long taskId) {
        failOnTask = taskId;
    }

    void onUpdate(Runnable action) {
        onUpdate = action;
    }

    Refusal refusal() {
        return refusal;
    }

    @Override
    public void onSubscribed(long frameworkId, long lastTaskId, boolean again) {
        heard.add("subscribed " + frameworkId + " last " + lastTaskId + " again " + again);
    }

    @Override
    public void onOffer(ResourceOffer offer) {
        StringBuilder ranges = new StringBuilder();
        for (int i = 0; i < offer.rangeCount(); i++) {
            ranges.append(' ').append(offer.rangeKind(i)).append(':').append(offer.rangeBegin(i));
            ranges.append('-').append(offer.rangeEnd(i));
        }
        heard.add("offer " + offer.offerId() + " of " + offer.agentId() + " on " + offer.hostname() + " cpus "
                + offer.cpusMilli() + " ranges" + ranges);
        assertEquals(offer.toString(), offer.copy().toString());
    }

    @Override
    public void onOfferRescinded(long offerId) {
        heard.add("rescinded " + offerId);
    }

    @Override
    public void onTaskUpdate(TaskUpdate update) {
        if (update.taskId() == failOnTask) {
            throw new IllegalStateException("told to fail");
        }
        onUpdate.run();
        TaskUpdate copy = update.copy();
        heard.add(copy.taskId() + " " + copy.state() + ' ' + copy.exitStatus() + ' ' + copy.message());
    }

    @Override
    public void onSubmitted(long firstTaskId, int count) {
        heard.add("submitted " + firstTaskId + " x " + count);
    }

    @Override
    public void onRefused(Refusal refusal) {
        this.refusal = refusal;
        heard.add("refused " + refusal.message());
    }

    @Override
    public void onDisconnected(String reason) {
        heard.add("disconnected " + reason);
    }

    @Override
    public void onFrameworkRemoved(String reason) {
        heard.add("removed " + reason);
    }
}
