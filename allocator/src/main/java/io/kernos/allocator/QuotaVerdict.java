package io.kernos.allocator;

/**
 * Whether a quota may be set, and if not, why.
 *
 * @param problem   what speaks against it.
 * @param kind      of which scalar kind; -1 if nothing speaks against it.
 * @param roleIndex the role where it shows; -1 if that is the cluster, or nothing speaks against it.
 */
public record QuotaVerdict(QuotaProblem problem, int kind, int roleIndex) {
    static final QuotaVerdict GOOD = new QuotaVerdict(QuotaProblem.NONE, -1, -1);

    /**
     * Whether nothing speaks against it.
     *
     * @return true if so.
     */
    public boolean isGood() {
        return problem == QuotaProblem.NONE;
    }
}
