package io.kernos.allocator;

/** Holds back the last placement, so that steps of one demand on one agent that follow each other are told as one. */
final class PlacementReport {
    private final AllocationHandler handler;
    private final Resources perTask = new Resources();
    private int demand;
    private int agent;
    private int tasks;

    PlacementReport(AllocationHandler handler) {
        this.handler = handler;
    }

    void add(int demand, int agent, int tasks, Resources perTask) {
        if (this.tasks == 0) {
            this.demand = demand;
            this.agent = agent;
            this.perTask.copyFrom(perTask);
        }
        this.tasks += tasks;
    }

    /** Tells what is held back, unless it is of this demand on this agent. Returns how often the handler was called. */
    int flushUnless(int demand, int agent) {
        return this.demand == demand && this.agent == agent ? 0 : flush();
    }

    int flush() {
        if (tasks == 0) {
            return 0;
        }
        int told = tasks;
        tasks = 0;
        handler.onPlacement(demand, agent, told, perTask);
        return 1;
    }
}
