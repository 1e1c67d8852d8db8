/** Figures that commands and benchmarks both tell: how long the stages of tasks took, and anything as JSON. */
package io.kernos.cli.figures;
