package io.kernos.client;

import java.util.concurrent.locks.LockSupport;

// example begins
// Launches one task on whatever is offered first, and ends when the task has ended.
final class FirstFitExample implements SchedulerListener {
    private SchedulerSession session;
    private long templateId;
    private boolean isLaunched;
    private boolean isDone;

    void run(SessionContext context) {
        session = SchedulerSession.open(context.offers(true), this);
        while (session.state() != SessionState.CLOSED) {
            if (session.poll() == 0) {
                LockSupport.parkNanos(50_000);
            }
        }
    }

    @Override
    public void onSubscribed(long frameworkId, long lastTaskId, boolean again) {
        if (!again) {
            templateId = session.registerTemplate(TaskTemplate.builder()
                    .command("/bin/hostname")
                    .cpusMilli(100)
                    .build());
        }
    }

    @Override
    public void onOffer(ResourceOffer offer) {
        long[] offerIds = {offer.offerId()};
        if (!isLaunched && offer.cpusMilli() >= 100) {
            isLaunched = session.accept(offerIds, new int[] {(int) templateId}, 0) > 0;
        } else {
            session.decline(offerIds, 60_000);
        }
    }

    @Override
    public void onTaskUpdate(TaskUpdate update) {
        if (update.isFinal() && !isDone) {
            isDone = true;
            session.unsubscribe();
        }
    }
}
// example ends
