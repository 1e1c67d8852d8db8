/**
 * Micro benchmarks, each run by JMH in a process of its own.
 */
package io.kernos.perf.jmh;
