package io.kernos.allocator;

/** Checks everything that must agree against everything else, the slow and obvious way: one file a subject. */
final class Verifier {
    private final Parts parts;

    Verifier(Parts parts) {
        this.parts = parts;
    }

    void verify() {
        new AgentVerifier(parts).verify();
        new SpecialVerifier(parts).verify();
        new SumVerifier(parts).verify();
        new OrderVerifier(parts).verify();
        new QuotaVerifier(parts).verify();
        new DemandVerifier(parts).verify();
        new ShapeVerifier(parts).verify();
        new GroupVerifier(parts).verify();
        new GangVerifier(parts).verify();
        new PreemptionVerifier(parts).verify();
        new BackfillVerifier(parts).verify();
        new SuitabilityVerifier(parts).verify();
        new FilterVerifier(parts).verify();
        new ExclusionVerifier(parts).verify();
        new MaintenanceVerifier(parts).verify();
    }

    static void require(boolean holds, String invariant, long subject) {
        if (!holds) {
            throw new IllegalStateException("invariant broken: " + invariant + " " + subject);
        }
    }
}
