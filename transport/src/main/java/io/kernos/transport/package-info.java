/**
 * The wire: what every process of Kernos agrees on before it speaks. Limits, the structural check of every message
 * received, channels and streams, and how a duty cycle idles. The codecs beside it are generated from the schema.
 */
package io.kernos.transport;
