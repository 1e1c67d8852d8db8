package io.kernos.allocator;

/**
 * Policy: a gang is placed as a whole or not at all. It has room when all agents together have; that sum is kept for
 * each shape of gangs from when it is first asked for until it is no longer live.
 */
final class GangFit {
    private final AgentTable agents;
    private final ShapeTable shapes;
    private final FirstFit firstFit;
    private GangTally[] tallies = new GangTally[0];
    private GangTally[] spare = new GangTally[0];
    private final ReservedRoom room;
    private int count;
    private int spareCount;

    GangFit(AgentTable agents, ShapeTable shapes, ReservedRoom room, FirstFit firstFit) {
        this.agents = agents;
        this.shapes = shapes;
        this.room = room;
        this.firstFit = firstFit;
    }

    /** Lets the sums go of shapes that are no longer live. */
    void beginPass() {
        for (int i = count - 1; i >= 0; i--) {
            if (!isCurrent(tallies[i]) || !shapes.isLive(tallies[i].shape())) {
                release(i);
            }
        }
    }

    boolean hasRoom(int shape) {
        GangTally tally = tallyOf(shape);
        noteTime(tally);
        IndexSet stale = tally.stale();
        for (int agent = stale.next(0); agent >= 0; agent = stale.next(agent + 1)) {
            tally.count(agent, firstFit.capacity(shape, agent));
        }
        stale.clear();
        return tally.tasks() >= shapes.gang(shape);
    }

    /** How many shapes have a sum at present. */
    int tallies() {
        return count;
    }

    /** A sum, of a shape that may have ceased to be live. */
    GangTally tally(int at) {
        return tallies[at];
    }

    /** Whether a sum is of the shape that has its index now. */
    boolean isCurrent(int at) {
        return isCurrent(tallies[at]);
    }

    /** Where tasks no longer end before reserved room is needed, fewer of them fit there. */
    private void noteTime(GangTally tally) {
        if (room.isAny() && tally.isShort() != room.endsInTime(tally.shape())) {
            tally.isShort(!tally.isShort());
            for (int at = 0; at < room.size(); at++) {
                tally.stale().add(room.agent(at));
            }
        }
    }

    /** The sum of a shape, which may have to be brought up to date. */
    GangTally tallyOf(int shape) {
        for (int i = 0; i < count; i++) {
            if (tallies[i].shape() == shape && isCurrent(tallies[i])) {
                return tallies[i];
            }
        }
        GangTally tally = spareCount > 0 ? spare[--spareCount] : new GangTally();
        tally.begin(shape, shapes.birth(shape));
        for (int agent = 0; agent < agents.bound(); agent++) {
            tally.stale().add(agent);
        }
        agents.watch().add(tally.stale());
        tallies = Columns.grow(tallies, count + 1);
        tallies[count++] = tally;
        return tally;
    }

    private boolean isCurrent(GangTally tally) {
        return shapes.birth(tally.shape()) == tally.birth();
    }

    private void release(int at) {
        agents.watch().remove(tallies[at].stale());
        spare = Columns.grow(spare, spareCount + 1);
        spare[spareCount++] = tallies[at];
        tallies[at] = tallies[--count];
    }
}
