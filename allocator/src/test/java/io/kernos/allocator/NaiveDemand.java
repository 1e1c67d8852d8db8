package io.kernos.allocator;

/** A demand, as plainly as can be. */
final class NaiveDemand {
    int framework;
    long sequence;
    Resources perTask;
    int ports;
    int priority;
    int gang = 1;
    long deadlineMs = Allocator.NO_DEADLINE;
    AgentChoice choice = AgentChoice.LOWEST;
    OfferConstraints constraints;
    int waiting;

    boolean admits(NaiveAgent agent) {
        return constraints == null || constraints.admit(agent.info);
    }

    DemandSpec spec() {
        return new DemandSpec()
                .sequence(sequence)
                .perTask(perTask)
                .ports(ports)
                .priority(priority)
                .gang(gang)
                .deadlineMs(deadlineMs)
                .choice(choice)
                .constraints(constraints);
    }
}
