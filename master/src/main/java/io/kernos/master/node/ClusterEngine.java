package io.kernos.master.node;

/** What runs the parts of Aeron that a master is made of, and its relay. Opened once, by the thread that closes it. */
interface ClusterEngine extends AutoCloseable {
    /**
     * Starts all parts.
     *
     * @return what the consensus module, which may not lead yet, can be asked.
     */
    ModuleControl open();

    /** Ends all parts, also where they were opened in part only. */
    @Override
    void close();
}
