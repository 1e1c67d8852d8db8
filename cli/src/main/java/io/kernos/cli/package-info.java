/**
 * The {@code kernos} command: one class a subcommand, and what they share. Commands read the state of a cluster from
 * its state store and act on it through the client's sessions; none of them looks inside a master or an agent. Only
 * {@code up} and {@code demo} run one, by their nodes.
 */
package io.kernos.cli;
