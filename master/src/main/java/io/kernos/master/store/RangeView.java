package io.kernos.master.store;

/**
 * A range of a resource, such as ports.
 *
 * @param kind  id of the resource's kind, see {@link io.kernos.transport.ResourceKind}.
 * @param begin first of the range.
 * @param end   last of the range, inclusive.
 */
public record RangeView(int kind, long begin, long end) {}
