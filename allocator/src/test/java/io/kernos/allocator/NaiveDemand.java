package io.kernos.allocator;

/** A demand, as plainly as can be. */
final class NaiveDemand {
    int framework;
    long sequence;
    Resources perTask;
    int ports;
    int waiting;
}
