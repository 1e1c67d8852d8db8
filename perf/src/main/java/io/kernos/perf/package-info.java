/**
 * The top of the house: benchmarks beside their baselines, and the tests that look at all rooms at once.
 */
package io.kernos.perf;
