package io.kernos.cli;

import io.kernos.master.store.FrameworkView;
import io.kernos.transport.codecs.FrameworkState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists frameworks. */
@Command(
        name = "frameworks",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  kernos frameworks --all"},
        sortOptions = false,
        description =
                "List frameworks: those that are there or may come back, with --all also those whose tasks still end.")
final class FrameworksCommand implements Callable<Integer> {
    @Option(names = "--all", description = "Also frameworks that are done but for tasks that are still ending.")
    private boolean all;

    @Mixin
    private ListingOptions options;

    @Override
    public Integer call() {
        return options.list(
                store -> store.frameworks().items().stream()
                        .filter(framework -> all || framework.state() != FrameworkState.COMPLETED)
                        .toList(),
                FrameworksCommand::listing);
    }

    /** Of one that left its tasks to run nobody should think that something went wrong. */
    private static String state(FrameworkView framework) {
        boolean isLeft = framework.detached() && framework.state() == FrameworkState.DISCONNECTED;
        return isLeft ? "DETACHED" : framework.state().toString();
    }

    private static Listing<FrameworkView> listing() {
        long nowMs = System.currentTimeMillis();
        return new Listing<FrameworkView>()
                .number("FRAMEWORK", FrameworkView::frameworkId)
                .column("NAME", FrameworkView::name)
                .column("STATE", FrameworksCommand::state)
                .column("ROLE", FrameworkView::role)
                .column("USER", framework -> framework.user().isEmpty() ? "-" : framework.user())
                .number("WAITING", FrameworkView::pendingTaskCount)
                .number("LIVE", FrameworkView::liveTaskCount)
                .number("AGE", framework -> Quantities.durationMs(Math.max(0, nowMs - framework.registeredMs())))
                .field("frameworkId", FrameworkView::frameworkId)
                .field("name", FrameworkView::name)
                .field("state", FrameworkView::state)
                .field("role", FrameworkView::role)
                .field("user", FrameworkView::user)
                .field("offers", FrameworkView::offers)
                .field("detached", FrameworkView::detached)
                .field("suppressed", FrameworkView::suppressed)
                .field("failoverTimeoutMs", FrameworkView::failoverTimeoutMs)
                .field("removeAtMs", FrameworkView::removeAtMs)
                .field("registeredMs", FrameworkView::registeredMs)
                .field("pendingTaskCount", FrameworkView::pendingTaskCount)
                .field("liveTaskCount", FrameworkView::liveTaskCount)
                .field("lastTaskId", FrameworkView::lastTaskId);
    }
}
