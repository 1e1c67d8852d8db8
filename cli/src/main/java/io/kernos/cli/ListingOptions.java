package io.kernos.cli;

import io.kernos.master.store.StateStore;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands have in common that list what a state store has. */
final class ListingOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    /**
     * Lists things.
     *
     * @param <T>     type of the things.
     * @param read    reads them from the store.
     * @param listing shows them; asked for once they are read.
     * @return the exit status.
     */
    <T> int list(Function<StateStore, List<T>> read, Supplier<Listing<T>> listing) {
        List<T> items;
        try (StateStore store = cluster.store()) {
            items = read.apply(store);
        }
        listing.get().print(command.commandLine().getOut(), items, output.json());
        return ExitCodes.OK;
    }
}
