package io.kernos.cli;

import io.kernos.client.SessionContext;
import picocli.CommandLine.Option;

/** For whom a command launches tasks. */
final class FrameworkOptions {
    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "*",
            description = "Role under which resources are shared out (default: ${DEFAULT-VALUE}).")
    private String role;

    @Option(
            names = "--user",
            paramLabel = "USER",
            defaultValue = "",
            description = "User on the agents that tasks run as (default: the agent's).")
    private String user;

    SessionContext fill(SessionContext context) {
        return context.role(role).user(user);
    }
}
