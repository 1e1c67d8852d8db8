/** The allocator over a grid of clusters, from a thousand agents to fifty thousand, from one framework to thousands. */
package io.kernos.perf.grid;
