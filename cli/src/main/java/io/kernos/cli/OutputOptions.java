package io.kernos.cli;

import picocli.CommandLine.Option;

/** How a command shows what it has to show. */
final class OutputOptions {
    @Option(names = "--json", description = "For programs: JSON, one object a line.")
    private boolean json;

    boolean json() {
        return json;
    }
}
