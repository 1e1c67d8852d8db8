/** A master as one process: media driver, archive, consensus module, service, relay and state store in one JVM. */
package io.kernos.master.node;
