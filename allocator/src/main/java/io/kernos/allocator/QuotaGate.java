package io.kernos.allocator;

/**
 * Policy: what a role may get now. Never more than the limits of the role and of those above it leave; and beyond what
 * is owed to it for a guarantee, only what need not be left free for what is owed to others.
 *
 * <p>A pass has two rounds. In the first only steps count that give something that is owed.
 */
final class QuotaGate {
    private static final int NO_ROLE = -1;

    private final RoleTable roles;
    private final QuotaTable quotas;
    private final Headroom headroom;
    private final Traits traits;
    private final SpecialTable specials;
    private final OfferMinimum minimum;
    private final long[] allowed = new long[ResourceKinds.MAX_SCALARS];
    private final long[] credit = new long[ResourceKinds.MAX_SCALARS];
    private final long[] left = new long[ResourceKinds.MAX_SCALARS];
    private final Resources uncut = new Resources();
    private final Resources dropped = new Resources();
    private boolean onlyOwed;
    private boolean refused;
    private int computedRole = NO_ROLE;
    private long computedVersion;
    private int kinds;

    QuotaGate(Parts parts) {
        roles = parts.roles;
        quotas = parts.quotas;
        headroom = parts.headroom;
        traits = parts.traits;
        specials = parts.specials;
        minimum = parts.minimum;
    }

    void beginPass() {
        refused = false;
    }

    void beginRound(boolean onlyOwed) {
        this.onlyOwed = onlyOwed;
    }

    /** Whether a quota has kept anything from being offered in this pass. */
    boolean hasRefused() {
        return refused;
    }

    /** Whether there are no quotas that could keep anything from anyone. */
    boolean isOpen() {
        return !quotas.isAny();
    }

    /** Whether a role may get some resources so many times. */
    boolean allows(int role, Resources resources, int times) {
        if (!quotas.isAny()) {
            return true;
        }
        compute(role);
        for (int kind = 0; kind < kinds; kind++) {
            long amount = charged(resources, kind);
            if (amount > 0 && allowed[kind] / amount < times) {
                return false;
            }
        }
        return true;
    }

    /** Whether, in this round, resources count that are allowed: in the first something of them must be owed. */
    boolean counts(int role, Resources resources) {
        if (!onlyOwed) {
            return true;
        }
        compute(role);
        for (int kind = 0; kind < kinds; kind++) {
            if (credit[kind] > 0 && charged(resources, kind) > 0) {
                return true;
            }
        }
        return false;
    }

    /** How many equal tasks a role may get in this round, at most a number; the first is known to be allowed. */
    int most(int role, Resources task, int tasks) {
        if (!quotas.isAny()) {
            return tasks;
        }
        compute(role);
        long most = hasSharedCharge(task) ? 1 : tasks;
        long counting = 0;
        for (int kind = 0; kind < kinds; kind++) {
            long amount = charged(task, kind);
            if (amount > 0) {
                most = Math.min(most, allowed[kind] / amount);
                counting = Math.max(counting, (credit[kind] + amount - 1) / amount);
            }
        }
        return (int) (onlyOwed ? Math.min(most, counting) : most);
    }

    /** Whether a role may get enough of an agent to be worth an offer, as far as is seen without looking closely. */
    boolean mayOffer(int framework, int role, int agent) {
        compute(role);
        if (minimum.own(framework) != null
                || specials.first(agent) != SpecialTable.NONE
                || minimum.isMet(allowed(ResourceKinds.CPUS), allowed(ResourceKinds.MEMORY))) {
            return true;
        }
        refused = true;
        return false;
    }

    /** Whether nothing is worth an offer but what is owed. */
    boolean isOnlyOwedWorthOffering() {
        if (specials.isAny()
                || minimum.isAnyOwn()
                || quotas.required(ResourceKinds.CPUS) == 0
                || quotas.required(ResourceKinds.MEMORY) == 0
                || minimum.isMet(surplus(ResourceKinds.CPUS), surplus(ResourceKinds.MEMORY))) {
            return false;
        }
        refused = true;
        return true;
    }

    /** Whether what is left of an agent for an offer is worth one to a framework. */
    boolean isWorthOffering(int framework, Resources offered) {
        OfferMinima own = minimum.own(framework);
        if (own != null) {
            return own.isAnything() ? hasAlone(offered) : meets(own, offered);
        }
        return minimum.isMet(alone(offered, ResourceKinds.CPUS), alone(offered, ResourceKinds.MEMORY));
    }

    /**
     * Leaves of resources what a role may get: of what is plain as much as that is, then of what is special and counts
     * against quotas that which is then allowed as a whole, and all else.
     */
    void cut(int role, Resources granted) {
        if (!quotas.isAny()) {
            return;
        }
        compute(role);
        for (int kind = 0; kind < kinds; kind++) {
            if (granted.scalar(kind) > allowed[kind]) {
                granted.scalar(kind, allowed[kind]);
                refused = true;
            }
            left[kind] = allowed[kind] - granted.scalar(kind);
        }
        if (hasCharge(granted)) {
            cutSpecials(granted);
        }
    }

    private void cutSpecials(Resources granted) {
        uncut.copyFrom(granted);
        for (int i = 0; i < uncut.specials(); i++) {
            int trait = uncut.specialTrait(i);
            if (traits.isCharged(trait) && !takeFromLeft(uncut.special(i))) {
                dropped.clear();
                dropped.add(trait, uncut.special(i));
                granted.subtract(dropped);
                refused = true;
            }
        }
    }

    private boolean takeFromLeft(Resources amounts) {
        for (int kind = 0; kind < kinds; kind++) {
            if (amounts.scalar(kind) > left[kind]) {
                return false;
            }
        }
        for (int kind = 0; kind < kinds; kind++) {
            left[kind] -= amounts.scalar(kind);
        }
        return true;
    }

    /** What a role may get of a kind; at least all there is where nothing limits it. */
    long allowed(int role, int kind) {
        long most = Long.MAX_VALUE;
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            most = Math.min(most, leftByLimit(each, kind));
        }
        return quotas.required(kind) == 0 ? most : Math.min(most, quotas.credit(role, kind) + surplus(kind));
    }

    /** What the limit of a role itself leaves of a kind. */
    long leftByLimit(int role, int kind) {
        Quota quota = quotas.of(role);
        return quota == null || quota.limit(kind) == Quota.NO_LIMIT
                ? Long.MAX_VALUE
                : Math.max(0, quota.limit(kind) - quotas.consumed(role, kind));
    }

    /** What is free beyond the headroom that must be left. */
    long surplus(int kind) {
        return Math.max(0, headroom.free(kind) - quotas.required(kind));
    }

    private long allowed(int kind) {
        return kind < kinds ? allowed[kind] : Long.MAX_VALUE;
    }

    /** What of a kind counts against the quota of who gets some resources. */
    long charged(Resources resources, int kind) {
        long amount = resources.scalar(kind);
        for (int i = 0; i < resources.specials(); i++) {
            if (traits.isCharged(resources.specialTrait(i))) {
                amount += resources.special(i).scalar(kind);
            }
        }
        return amount;
    }

    private boolean hasCharge(Resources resources) {
        for (int i = 0; i < resources.specials(); i++) {
            if (traits.isCharged(resources.specialTrait(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasSharedCharge(Resources resources) {
        for (int i = 0; i < resources.specials(); i++) {
            int trait = resources.specialTrait(i);
            if (traits.isCharged(trait) && traits.isShared(trait)) {
                return true;
            }
        }
        return false;
    }

    private long alone(Resources resources, int kind) {
        long amount = resources.scalar(kind);
        for (int i = 0; i < resources.specials(); i++) {
            if (!traits.isShared(resources.specialTrait(i))) {
                amount += resources.special(i).scalar(kind);
            }
        }
        return amount;
    }

    private boolean hasAlone(Resources resources) {
        boolean has = resources.hasPlain();
        for (int i = 0; !has && i < resources.specials(); i++) {
            has = !traits.isShared(resources.specialTrait(i));
        }
        return has;
    }

    private boolean meets(OfferMinima minima, Resources offered) {
        boolean meets = false;
        for (int i = 0; !meets && i < minima.size(); i++) {
            Resources least = minima.amount(i);
            meets = true;
            for (int kind = 0; meets && kind < least.scalarKinds(); kind++) {
                meets = alone(offered, kind) >= least.scalar(kind);
            }
        }
        return meets;
    }

    private void compute(int role) {
        long version = quotas.version() + headroom.version();
        if (computedRole == role && computedVersion == version) {
            return;
        }
        computedRole = role;
        computedVersion = version;
        kinds = quotas.kinds();
        for (int kind = 0; kind < kinds; kind++) {
            allowed[kind] = allowed(role, kind);
            credit[kind] = quotas.required(kind) == 0 ? 0 : quotas.credit(role, kind);
        }
    }
}
