package io.kernos.allocator;

/** Policy: a task goes to the agent that has least free of those that it fits, or to the one that has most. */
final class ByFree {
    private static final int NONE = -1;
    /** Of more candidates than this the levels find one sooner than looking at each. */
    private static final int FEW_CANDIDATES = 64;

    private final AgentTable agents;
    private final ShapeTable shapes;
    private final FirstFit firstFit;

    ByFree(AgentTable agents, ShapeTable shapes, FirstFit firstFit) {
        this.agents = agents;
        this.shapes = shapes;
        this.firstFit = firstFit;
    }

    /** The agent for a task of a shape, or NONE; of an old shape it is among the candidates. */
    int next(int shape, IndexSet candidates) {
        boolean packs = shapes.choice(shape) == AgentChoice.PACK;
        FreeLevels levels = agents.freeOrder().of(shapes.firstKind(shape));
        if (!shapes.isFresh(shape) && !shapes.isGang(shape) && candidates.size() <= FEW_CANDIDATES) {
            return nextOf(candidates, shape, levels, packs);
        }
        int least = FreeLevels.level(shapes.perTask(shape).scalar(shapes.firstKind(shape)));
        return packs ? leastFree(shape, levels, least) : mostFree(shape, levels, least);
    }

    private int leastFree(int shape, FreeLevels levels, int least) {
        int level = levels.next(least);
        while (level != FreeLevels.NONE) {
            int agent = firstFit.nextOf(levels.at(level), shape, 0);
            if (agent != NONE) {
                return agent;
            }
            level = levels.next(level + 1);
        }
        return NONE;
    }

    private int mostFree(int shape, FreeLevels levels, int least) {
        int level = levels.previous(FreeLevels.highest());
        while (level >= least) {
            int agent = firstFit.nextOf(levels.at(level), shape, 0);
            if (agent != NONE) {
                return agent;
            }
            level = levels.previous(level - 1);
        }
        return NONE;
    }

    private int nextOf(IndexSet candidates, int shape, FreeLevels levels, boolean packs) {
        int best = NONE;
        int bestLevel = NONE;
        for (int agent = firstFit.nextOf(candidates, shape, 0);
                agent != NONE;
                agent = firstFit.nextOf(candidates, shape, agent + 1)) {
            int level = levels.levelOf(agent);
            if (best == NONE || (packs ? level < bestLevel : level > bestLevel)) {
                best = agent;
                bestLevel = level;
            }
        }
        return best;
    }
}
