/**
 * The daemon on each machine: it registers with the master through a relay, runs the tasks that it is told to run in
 * containers, tells what becomes of each until the master has heard it, and serves their sandboxes.
 * <p>
 * {@link io.kernos.agent.AgentCore} decides and knows neither sockets, files nor clocks; around it the journal makes
 * its decisions durable, the link carries them to the master, and the containerizer carries them out.
 * {@link io.kernos.agent.AgentNode} is the whole of it, made from an {@link io.kernos.agent.AgentContext}.
 */
package io.kernos.agent;
