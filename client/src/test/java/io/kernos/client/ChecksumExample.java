package io.kernos.client;

// example begins
// Runs one command ten times, as the cluster has room, and prints what became of it.
final class ChecksumExample {
    private static final long TIMEOUT_MS = 5_000;

    public static void main(String[] args) {
        SessionContext context = new SessionContext()
                .ingressEndpoints("0=localhost:7700")
                .frameworkName("checksums");
        TaskTemplate template = TaskTemplate.builder()
                .command("/usr/bin/sha256sum", "/etc/hostname")
                .cpusMilli(500)
                .memoryBytes(64 << 20)
                .build();
        try (KernosClient client = KernosClient.connect(context, TIMEOUT_MS)) {
            Submission submission = client.submit(template, 10, TIMEOUT_MS);
            TaskUpdate update = submission.nextUpdate(TIMEOUT_MS);
            while (update != null) {
                System.out.println(update);
                update = submission.nextUpdate(TIMEOUT_MS);
            }
            System.out.println(submission.finishedCount() + " of " + submission.count() + " finished");
        } catch (KernosException ex) {
            System.err.println("cannot go on: " + ex.getMessage());
        }
    }
}
// example ends
