/**
 * The agents' edge of the master. A relay holds no state of the cluster: it passes messages between its agents, each a
 * pair of Aeron streams, and the master, one session for all of them, and tells the master which agents went away.
 */
package io.kernos.master.relay;
