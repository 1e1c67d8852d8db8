package io.kernos.allocator;

/**
 * Operations: they turn resources of an agent into others in their place, either of an offer, by the framework that was
 * offered them, or free ones, by the operator.
 *
 * <p>An operation that cannot be done is refused with {@link IllegalStateException} or
 * {@link IllegalArgumentException}, which say why, and changes nothing. The offers that the caller keeps it must
 * change alike.
 */
public final class OperationEvents {
    /** Stands for the operator in the place of a framework: the operation is about free resources. */
    public static final int OPERATOR = -1;

    private final FrameworkTable frameworks;
    private final Traits traits;
    private final SpecialTable specials;
    private final Conversion conversion;
    private final SpecialLedger ledger;
    private final Maintenance maintenance;
    private final Resources consumed = new Resources();
    private final Resources converted = new Resources();
    private final Resources amounts = new Resources();

    OperationEvents(Parts parts) {
        frameworks = parts.frameworks;
        traits = parts.traits;
        specials = parts.specials;
        conversion = parts.conversion;
        ledger = parts.specialLedger;
        maintenance = parts.maintenance;
    }

    /**
     * Reserves resources, or refines their reservation.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex who was offered them, or {@link #OPERATOR}.
     * @param reserved       what they are to be: nothing plain; the last reservation of each is the one to be made, and
     *                       is dynamic. A framework reserves for its own role.
     */
    public void reserve(int agentIndex, int frameworkIndex, Resources reserved) {
        begin();
        for (int i = 0; i < reserved.specials(); i++) {
            int trait = requireDynamic(reserved.specialTrait(i));
            requireOwnRole(frameworkIndex, trait);
            consumed.add(traits.unreserved(trait), reserved.special(i));
            converted.add(trait, reserved.special(i));
        }
        requireAll(reserved);
        convert(agentIndex, frameworkIndex);
    }

    /**
     * Reserves resources for another role, or in another way, in one step.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex who was offered them, or {@link #OPERATOR}.
     * @param from           the trait that they have.
     * @param to             the trait that they are to have; it differs in reservations alone, and those that differ
     *                       are dynamic.
     * @param amounts        how much; plain itself.
     */
    public void reserveInstead(int agentIndex, int frameworkIndex, int from, int to, Resources amounts) {
        begin();
        Reservations.requireReplaceable(traits.get(from), traits.get(to));
        requireOwnRole(frameworkIndex, to);
        consumed.add(from, amounts);
        converted.add(to, amounts);
        convert(agentIndex, frameworkIndex);
    }

    /**
     * Undoes the last reservation of resources.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex who was offered them, or {@link #OPERATOR}.
     * @param reserved       what they are: nothing plain and no volume; the last reservation of each is dynamic.
     */
    public void unreserve(int agentIndex, int frameworkIndex, Resources reserved) {
        begin();
        for (int i = 0; i < reserved.specials(); i++) {
            int trait = requireDynamic(reserved.specialTrait(i));
            consumed.add(trait, reserved.special(i));
            converted.add(traits.unreserved(trait), reserved.special(i));
        }
        requireAll(reserved);
        convert(agentIndex, frameworkIndex);
    }

    /**
     * Makes a persistent volume of disk.
     *
     * @param agentIndex     an agent, on which no volume of the same role has the same id.
     * @param frameworkIndex who was offered the disk, or {@link #OPERATOR}.
     * @param trait          of the volume; a framework must be able to bear it where it is shared.
     * @param sizeBytes      of the volume, from 1; all of a disk that cannot be divided.
     */
    public void create(int agentIndex, int frameworkIndex, int trait, long sizeBytes) {
        begin();
        requireVolume(trait);
        Checks.range("sizeBytes", sizeBytes, 1, Resources.MAX_SCALAR);
        requireNewVolume(agentIndex, trait);
        if (frameworkIndex != OPERATOR && traits.isShared(trait)) {
            frameworks.require(frameworkIndex);
            Checks.state(
                    frameworks.has(frameworkIndex, Capability.SHARED_RESOURCES),
                    "frameworkIndex",
                    frameworkIndex,
                    "have the capability SHARED_RESOURCES to create a shared volume");
        }
        amounts.scalar(ResourceKinds.DISK, sizeBytes);
        consumed.add(traits.withoutVolume(trait), amounts);
        converted.add(trait, amounts);
        convert(agentIndex, frameworkIndex);
    }

    /**
     * Makes plain disk of a persistent volume, as it was before.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex who was offered the volume, or {@link #OPERATOR}.
     * @param trait          of the volume, of which nobody else may have a reference.
     */
    public void destroy(int agentIndex, int frameworkIndex, int trait) {
        begin();
        requireVolume(trait);
        amounts.scalar(ResourceKinds.DISK, requireSize(agentIndex, trait));
        consumed.add(trait, amounts);
        converted.add(traits.withoutVolume(trait), amounts);
        convert(agentIndex, frameworkIndex);
    }

    /**
     * Makes a volume larger.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex who was offered the volume and the disk, or {@link #OPERATOR}.
     * @param trait          of the volume; not shared, and of the agent itself.
     * @param addedBytes     how much of the disk that it was made of is added, from 1.
     */
    public void grow(int agentIndex, int frameworkIndex, int trait, long addedBytes) {
        begin();
        long size = requireResizable(agentIndex, trait);
        Checks.range("addedBytes", addedBytes, 1, Resources.MAX_SCALAR - size);
        add(consumed, trait, size);
        add(consumed, traits.withoutVolume(trait), addedBytes);
        add(converted, trait, size + addedBytes);
        convert(agentIndex, frameworkIndex);
    }

    /**
     * Makes a volume smaller; the rest is disk again.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex who was offered the volume, or {@link #OPERATOR}.
     * @param trait          of the volume; not shared, of the agent itself, on disk that can be divided.
     * @param takenBytes     how much smaller, from 1, less than it has.
     */
    public void shrink(int agentIndex, int frameworkIndex, int trait, long takenBytes) {
        begin();
        long size = requireResizable(agentIndex, trait);
        DiskSource disk = traits.get(trait).disk();
        Checks.state(disk == null || !disk.isWhole(), "traitIndex", trait, "be on disk that can be divided");
        Checks.range("takenBytes", takenBytes, 1, size - 1);
        add(consumed, trait, size);
        add(converted, trait, size - takenBytes);
        add(converted, traits.withoutVolume(trait), takenBytes);
        convert(agentIndex, frameworkIndex);
    }

    /**
     * Gives a framework one more reference to a shared volume of which it was offered one, for a further task.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex who was offered the volume.
     * @param trait          of the volume.
     */
    public void refer(int agentIndex, int frameworkIndex, int trait) {
        begin();
        requireVolume(trait);
        Checks.state(traits.isShared(trait), "traitIndex", trait, "be a shared volume");
        add(consumed, trait, requireSize(agentIndex, trait));
        conversion.requireOffered(agentIndex, frameworkIndex, consumed);
        ledger.move(Account.FREE, Account.OFFERED, agentIndex, frameworkIndex, consumed, 1);
        maintenance.onHoldingChanged(agentIndex, frameworkIndex, consumed, 1);
    }

    private void begin() {
        consumed.clear();
        converted.clear();
        amounts.clear();
    }

    private void add(Resources to, int trait, long bytes) {
        amounts.scalar(ResourceKinds.DISK, bytes);
        to.add(trait, amounts);
    }

    private void convert(int agent, int framework) {
        conversion.check(agent, framework, consumed, converted);
        conversion.apply(agent, framework, consumed, converted);
    }

    private int requireDynamic(int trait) {
        Trait what = traits.get(trait);
        Checks.state(what.volumeId() == 0, "traitIndex", trait, "not be a volume; destroy it first");
        Checks.state(
                what.isReserved() && what.reservations().getLast().isDynamic(),
                "traitIndex",
                trait,
                "have a dynamic reservation as its last");
        return trait;
    }

    private void requireOwnRole(int framework, int trait) {
        if (framework != OPERATOR) {
            frameworks.require(framework);
            Checks.state(
                    traits.reservedTo(trait) == frameworks.role(framework),
                    "frameworkIndex",
                    framework,
                    "reserve for its own role");
        }
    }

    private static void requireAll(Resources resources) {
        if (resources.isEmpty() || resources.hasPlain()) {
            throw new IllegalArgumentException("resources " + resources + " must be reserved, all of them");
        }
    }

    private void requireVolume(int trait) {
        Checks.state(traits.get(trait).volumeId() != 0, "traitIndex", trait, "be a volume");
    }

    private long requireSize(int agent, int trait) {
        int row = specials.find(agent, trait);
        long size = row == SpecialTable.NONE ? 0 : specials.accounts().total(row, ResourceKinds.DISK);
        Checks.state(size > 0, "agentIndex", agent, "have the volume");
        return size;
    }

    private long requireResizable(int agent, int trait) {
        requireVolume(trait);
        Checks.state(
                !traits.isShared(trait) && traits.get(trait).providerId() == 0,
                "traitIndex",
                trait,
                "be neither shared nor of a provider to be resized");
        return requireSize(agent, trait);
    }

    private void requireNewVolume(int agent, int trait) {
        Trait volume = traits.get(trait);
        for (int row = specials.first(agent); row != SpecialTable.NONE; row = specials.next(row)) {
            int other = specials.trait(row);
            boolean isSame = traits.get(other).volumeId() == volume.volumeId()
                    && traits.reservedTo(other) == traits.reservedTo(trait);
            Checks.state(!isSame, "agentIndex", agent, "not have a volume with the id already, of the same role");
        }
    }
}
