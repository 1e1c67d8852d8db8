package io.kernos.master.store;

/**
 * An amount of a resource.
 *
 * @param kind   id of the resource's kind, see {@link io.kernos.transport.ResourceKind}.
 * @param amount in the unit of its kind.
 */
public record ScalarView(int kind, long amount) {}
