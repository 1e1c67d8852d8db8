package io.kernos.allocator;

/** A role, as plainly as can be. */
final class NaiveRole {
    long weightMilli;
    Integer parent;
    Quota quota = new Quota();
}
