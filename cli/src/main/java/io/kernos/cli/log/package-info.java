/**
 * Where what the processes of Kernos log goes.
 */
package io.kernos.cli.log;
