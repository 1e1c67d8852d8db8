/**
 * Containers: control groups, namespaces, and the supervisor that holds their processes.
 * <p>
 * An agent makes one {@link io.kernos.isolation.Containerizer} by {@code new
 * ContainerizerContext(workFolder.resolve("supervisor")).newContainerizer()}, calls {@code recover()} once, logs
 * {@code capabilities().describe()} and offers {@code capabilities().attributes()} to the master. From then on its
 * duty cycle calls {@code poll(listener)}; it orders containers by {@code launch}, ends them by {@code
 * signal(SIGTERM)} and, after the grace, {@code destroy}; and it calls {@code acknowledge} once an exit or failure
 * is safe in its own checkpoint. An agent that was killed does the same again: {@code recover()} tells of every
 * container that runs still and of every exit that was not acknowledged.
 */
package io.kernos.isolation;
