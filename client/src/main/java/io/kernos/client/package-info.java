/**
 * What a framework links: a session with the cluster, and conveniences over it.
 *
 * <p>{@link io.kernos.client.SchedulerSession} is the session: one thread, {@code poll()} in a duty cycle, a
 * {@link io.kernos.client.SchedulerListener} that hears of everything.
 */
package io.kernos.client;
