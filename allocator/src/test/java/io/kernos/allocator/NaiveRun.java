package io.kernos.allocator;

/** Tasks of one demand on one agent that may have to leave. */
final class NaiveRun {
    int tasks;
    int leaving;
}
