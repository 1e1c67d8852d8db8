/**
 * The commands that run one process of a cluster in the foreground, until SIGTERM or SIGINT ends it: {@code kernos
 * master}, {@code kernos relay} and {@code kernos agent}. Their flags are the settings of
 * {@link io.kernos.cli.settings}.
 */
package io.kernos.cli.node;
