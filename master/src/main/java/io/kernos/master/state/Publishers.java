package io.kernos.master.state;

/** The ways out. */
final class Publishers {
    final Outbound out;
    final FrameworkPublisher frameworks;
    final AgentPublisher agents;

    Publishers(Effects effects, Tables tables) {
        out = new Outbound(effects);
        frameworks = new FrameworkPublisher(out);
        agents = new AgentPublisher(out, tables.agents);
    }
}
