/**
 * The master's decisions: a deterministic, single-threaded state machine without I/O, clock, randomness or garbage.
 *
 * <p>{@link io.kernos.master.state.MasterStateMachine} is its only door. Commands go in with the cluster's time;
 * {@link io.kernos.master.state.Effects} come out, and each replica that is given the same commands makes the same
 * effects, byte for byte. {@link io.kernos.master.state.StateFeed} is the read side: what changed, as records.
 */
package io.kernos.master.state;
