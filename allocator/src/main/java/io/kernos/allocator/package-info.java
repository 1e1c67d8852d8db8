/**
 * Who gets what: roles, frameworks, agents and demands go in as events, offers and placements come out.
 *
 * <p>The room is pure: no I/O, no threads, no clock, no randomness, and no garbage once its columns have grown.
 * {@link io.kernos.allocator.Allocator} is its only door; what it decides is a function of its state alone.
 */
package io.kernos.allocator;
