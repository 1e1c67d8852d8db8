package io.kernos.client;

import java.util.function.Consumer;

// example begins
// Runs one command ten times, as the cluster has room, and reports what became of it.
final class ChecksumExample {
    private static final long TIMEOUT_MS = 5_000;

    static void run(Consumer<String> report) {
        SessionContext context =
                new SessionContext().ingressEndpoints("0=localhost:7700").frameworkName("checksums");
        TaskTemplate template = TaskTemplate.builder()
                .command("/usr/bin/sha256sum", "/etc/hostname")
                .cpusMilli(500)
                .memoryBytes(64 << 20)
                .build();
        try (KernosClient client = KernosClient.connect(context, TIMEOUT_MS)) {
            Submission submission = client.submit(template, 10, TIMEOUT_MS);
            TaskUpdate update = submission.nextUpdate(TIMEOUT_MS);
            while (update != null) {
                report.accept(update.toString());
                update = submission.nextUpdate(TIMEOUT_MS);
            }
            report.accept(submission.finishedCount() + " of " + submission.count() + " finished");
        } catch (KernosException ex) {
            report.accept("cannot go on: " + ex.getMessage());
        }
    }
}
// example ends
