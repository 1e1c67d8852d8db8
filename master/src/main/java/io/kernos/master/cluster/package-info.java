/**
 * The master's state machine as a service of Aeron Cluster: decodes what the replicated log says, carries out effects
 * through a bounded outbox for each session, keeps one timer, writes and loads snapshots, and feeds the read side.
 */
package io.kernos.master.cluster;
