/**
 * Linux, as Kernos needs it: system calls with named errors, and the client of the supervisor in C that starts
 * containers and outlives the agent.
 */
package io.kernos.linux;
