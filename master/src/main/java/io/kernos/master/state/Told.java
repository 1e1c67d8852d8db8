package io.kernos.master.state;

/** An agent's connection was told a template. Used again. */
final class Told {
    final Link<Told> inAgent = new Link<>(this);
    final Link<Told> inTemplate = new Link<>(this);

    Agent agent;
    Template template;
}
