package io.kernos.allocator;

/**
 * Upper bounds of what is free in blocks of agents, and in groups of blocks, so that a search passes over those that
 * cannot hold a task.
 *
 * <p>Bounds rise as resources come free, and are tightened only by the searches that they have misled: giving
 * resources away costs nothing here.
 */
final class CapacityIndex {
    static final int BLOCK_SHIFT = 5;
    static final int GROUP_SHIFT = 10;

    private final ScalarTable free;
    private final ScalarTable blocks = new ScalarTable();
    private final ScalarTable groups = new ScalarTable();

    CapacityIndex(ScalarTable free) {
        this.free = free;
    }

    void ensureAgent(int agent) {
        blocks.ensureRow(agent >> BLOCK_SHIFT);
        groups.ensureRow(agent >> GROUP_SHIFT);
    }

    void raise(int agent) {
        blocks.raise(agent >> BLOCK_SHIFT, free, agent);
        groups.raise(agent >> GROUP_SHIFT, free, agent);
    }

    boolean blockMayHold(int block, Resources task) {
        return blocks.covers(block, task);
    }

    boolean groupMayHold(int group, Resources task) {
        return groups.covers(group, task);
    }

    /** The bound that stands for a block, for checks. */
    long blockBound(int block, int kind) {
        return blocks.at(block, kind);
    }

    /** The bound that stands for a group, for checks. */
    long groupBound(int group, int kind) {
        return groups.at(group, kind);
    }

    /** Starts a block's bounds anew; {@link #raise} is then to be called for those of its agents that may give. */
    void resetBlock(int block) {
        blocks.clearRow(block);
    }

    /** Makes a group's bounds those of its blocks. */
    void tightenGroup(int group, int blockCount) {
        groups.clearRow(group);
        int first = group << (GROUP_SHIFT - BLOCK_SHIFT);
        int end = Math.min(blockCount, (group + 1) << (GROUP_SHIFT - BLOCK_SHIFT));
        for (int block = first; block < end; block++) {
            groups.raise(group, blocks, block);
        }
    }
}
