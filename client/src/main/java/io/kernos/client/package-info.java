/**
 * What a framework links: sessions with the cluster, and conveniences over them.
 *
 * <ul>
 *   <li>{@link io.kernos.client.KernosClient} submits tasks and waits for them, with calls that block.
 *   <li>{@link io.kernos.client.SchedulerSession} is what lies beneath: one thread, {@code poll()} in a duty cycle, a
 *       {@link io.kernos.client.SchedulerListener} that hears of everything, offers included.
 *   <li>{@link io.kernos.client.SandboxClient} and {@link io.kernos.client.SandboxReader} read what tasks have written.
 *   <li>{@link io.kernos.client.OperatorClient} does what operators do, to tasks of any framework.
 * </ul>
 *
 * <p>Tasks that the cluster places by itself, where there is room:
 *
 * {@snippet :
 * // Runs one command ten times, as the cluster has room, and reports what became of it.
 * final class ChecksumExample {
 *     private static final long TIMEOUT_MS = 5_000;
 *
 *     static void run(Consumer<String> report) {
 *         SessionContext context =
 *                 new SessionContext().ingressEndpoints("0=localhost:7700").frameworkName("checksums");
 *         TaskTemplate template = TaskTemplate.builder()
 *                 .command("/usr/bin/sha256sum", "/etc/hostname")
 *                 .cpusMilli(500)
 *                 .memoryBytes(64 << 20)
 *                 .build();
 *         try (KernosClient client = KernosClient.connect(context, TIMEOUT_MS)) {
 *             Submission submission = client.submit(template, 10, TIMEOUT_MS);
 *             TaskUpdate update = submission.nextUpdate(TIMEOUT_MS);
 *             while (update != null) {
 *                 report.accept(update.toString());
 *                 update = submission.nextUpdate(TIMEOUT_MS);
 *             }
 *             report.accept(submission.finishedCount() + " of " + submission.count() + " finished");
 *         } catch (KernosException ex) {
 *             report.accept("cannot go on: " + ex.getMessage());
 *         }
 *     }
 * }
 * }
 *
 * <p>A framework that chooses among offers:
 *
 * {@snippet :
 * // Launches one task on whatever is offered first, and ends when the task has ended.
 * final class FirstFitExample implements SchedulerListener {
 *     private SchedulerSession session;
 *     private long templateId;
 *     private boolean isLaunched;
 *     private boolean isDone;
 *
 *     void run(SessionContext context) {
 *         session = SchedulerSession.open(context.offers(true), this);
 *         while (session.state() != SessionState.CLOSED) {
 *             if (session.poll() == 0) {
 *                 LockSupport.parkNanos(50_000);
 *             }
 *         }
 *     }
 *
 *     @Override
 *     public void onSubscribed(long frameworkId, long lastTaskId, boolean again) {
 *         if (!again) {
 *             templateId = session.registerTemplate(TaskTemplate.builder()
 *                     .command("/bin/hostname")
 *                     .cpusMilli(100)
 *                     .build());
 *         }
 *     }
 *
 *     @Override
 *     public void onOffer(ResourceOffer offer) {
 *         long[] offerIds = {offer.offerId()};
 *         if (!isLaunched && offer.cpusMilli() >= 100) {
 *             isLaunched = session.accept(offerIds, new int[] {(int) templateId}, 0) > 0;
 *         } else {
 *             session.decline(offerIds, 60_000);
 *         }
 *     }
 *
 *     @Override
 *     public void onTaskUpdate(TaskUpdate update) {
 *         if (update.isFinal() && !isDone) {
 *             isDone = true;
 *             session.unsubscribe();
 *         }
 *     }
 * }
 * }
 */
package io.kernos.client;
