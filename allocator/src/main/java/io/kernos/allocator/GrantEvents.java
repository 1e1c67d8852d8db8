package io.kernos.allocator;

/**
 * The events of what was granted: accepted, declined, ended, or known from before.
 * Errors of the caller are refused and change nothing.
 */
public final class GrantEvents {
    private final Ledger ledger;

    GrantEvents(Parts parts) {
        this.ledger = parts.ledger;
    }

    /**
     * Accounts resources that are used already, as after a snapshot was loaded or an agent came back. More of a scalar
     * than is free may be added, which overcommits the agent.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex a framework.
     * @param used           what it uses; numbers of range kinds must not be allocated there already.
     */
    public void addUsed(int agentIndex, int frameworkIndex, Resources used) {
        ledger.restore(Account.USED, agentIndex, frameworkIndex, used);
    }

    /**
     * Accounts resources that are offered already, as after a snapshot was loaded.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex a framework.
     * @param offered        what it was offered; numbers of range kinds must not be allocated there already.
     */
    public void addOffered(int agentIndex, int frameworkIndex, Resources offered) {
        ledger.restore(Account.OFFERED, agentIndex, frameworkIndex, offered);
    }

    /**
     * Turns offered resources into used ones: the offer was accepted.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex the framework to which they were offered.
     * @param used           part of what is offered.
     */
    public void use(int agentIndex, int frameworkIndex, Resources used) {
        ledger.moveGranted(Account.OFFERED, Account.USED, agentIndex, frameworkIndex, used);
    }

    /**
     * Frees offered resources: the offer was declined or rescinded, or accepted in part.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex the framework to which they were offered.
     * @param offered        part of what is offered.
     */
    public void recoverOffered(int agentIndex, int frameworkIndex, Resources offered) {
        ledger.moveGranted(Account.OFFERED, Account.FREE, agentIndex, frameworkIndex, offered);
    }

    /**
     * Frees used resources: a task ended.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex the framework that used them.
     * @param used           part of what is used.
     */
    public void recoverUsed(int agentIndex, int frameworkIndex, Resources used) {
        ledger.moveGranted(Account.USED, Account.FREE, agentIndex, frameworkIndex, used);
    }
}
