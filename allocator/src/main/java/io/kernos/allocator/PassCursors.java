package io.kernos.allocator;

/** How far a pass has come, by role, framework and shape. A pass begins in no time: older marks just do not count. */
final class PassCursors {
    /** Instead of an agent: no task of a shape fits any. */
    static final int EXHAUSTED = Integer.MAX_VALUE;

    private long pass;
    private int topCursor;
    private long[] levelPasses = new long[0];
    private int[] levelCursors = new int[0];
    private long[] rolePasses = new long[0];
    private int[] roleCursors = new int[0];
    private long[] frameworkPasses = new long[0];
    private int[] frameworkDemands = new int[0];
    private long[] offerPasses = new long[0];
    private int[] offerAgents = new int[0];
    private long[] shapePasses = new long[0];
    private int[] shapeAgents = new int[0];

    void begin() {
        pass++;
        topCursor = 0;
    }

    /** The position in the order of a role's children, or of the root's, before which nobody can step. */
    int ofLevel(int role) {
        if (role == RoleTable.ROOT) {
            return topCursor;
        }
        return role < levelPasses.length && levelPasses[role] == pass ? levelCursors[role] : 0;
    }

    void passLevel(int role) {
        if (role == RoleTable.ROOT) {
            topCursor++;
            return;
        }
        int cursor = ofLevel(role);
        levelPasses = Columns.grow(levelPasses, role + 1);
        levelCursors = Columns.grow(levelCursors, role + 1);
        levelPasses[role] = pass;
        levelCursors[role] = cursor + 1;
    }

    /** The position in the order of a role's own frameworks before which nobody can step. */
    int ofRole(int role) {
        return role < rolePasses.length && rolePasses[role] == pass ? roleCursors[role] : 0;
    }

    void passRole(int role) {
        int cursor = ofRole(role);
        rolePasses = Columns.grow(rolePasses, role + 1);
        roleCursors = Columns.grow(roleCursors, role + 1);
        rolePasses[role] = pass;
        roleCursors[role] = cursor + 1;
    }

    /** The first demand of a framework that may still be placed. */
    int demandOf(int framework, DemandTable demands) {
        boolean isMarked = framework < frameworkPasses.length && frameworkPasses[framework] == pass;
        return isMarked ? frameworkDemands[framework] : demands.first(framework);
    }

    void demandOf(int framework, int demand) {
        frameworkPasses = Columns.grow(frameworkPasses, framework + 1);
        frameworkDemands = Columns.grow(frameworkDemands, framework + 1);
        frameworkPasses[framework] = pass;
        frameworkDemands[framework] = demand;
    }

    /** The lowest agent that may still be offered to a framework. */
    int offerOf(int framework) {
        return framework < offerPasses.length && offerPasses[framework] == pass ? offerAgents[framework] : 0;
    }

    void offerOf(int framework, int agent) {
        offerPasses = Columns.grow(offerPasses, framework + 1);
        offerAgents = Columns.grow(offerAgents, framework + 1);
        offerPasses[framework] = pass;
        offerAgents[framework] = agent;
    }

    /** The lowest agent that a task of a shape may still fit, or EXHAUSTED. */
    int ofShape(int shape) {
        return shape < shapePasses.length && shapePasses[shape] == pass ? shapeAgents[shape] : 0;
    }

    void ofShape(int shape, int agent) {
        shapePasses = Columns.grow(shapePasses, shape + 1);
        shapeAgents = Columns.grow(shapeAgents, shape + 1);
        shapePasses[shape] = pass;
        shapeAgents[shape] = agent;
    }
}
