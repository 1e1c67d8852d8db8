package io.kernos.cli;

import io.kernos.master.store.OfferView;
import io.kernos.master.store.RangeView;
import io.kernos.master.store.ScalarView;
import io.kernos.transport.ResourceKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists offers. */
@Command(
        name = "offers",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  kernos offers --framework 3"},
        sortOptions = false,
        description = "List offers that are out: what of which agent a framework may use and has not answered yet.")
final class OffersCommand implements Callable<Integer> {
    @Option(names = "--framework", paramLabel = "ID", description = "Only the offers to this framework.")
    private Long frameworkId;

    @Mixin
    private ListingOptions options;

    @Override
    public Integer call() {
        return options.list(
                store -> store.offers().items().stream()
                        .filter(offer -> frameworkId == null || offer.frameworkId() == frameworkId)
                        .toList(),
                OffersCommand::listing);
    }

    static Listing<OfferView> listing() {
        long nowMs = System.currentTimeMillis();
        return new Listing<OfferView>()
                .number("OFFER", OfferView::offerId)
                .number("FRAMEWORK", OfferView::frameworkId)
                .number("AGENT", OfferView::agentId)
                .number("CPUS", offer -> scalar(offer, ResourceKind.CPUS, Quantities::cpus))
                .number("MEM", offer -> scalar(offer, ResourceKind.MEMORY, Quantities::bytes))
                .number("DISK", offer -> scalar(offer, ResourceKind.DISK, Quantities::bytes))
                .column("PORTS", OffersCommand::ports)
                .number("AGE", offer -> Quantities.durationMs(Math.max(0, nowMs - offer.createdMs())))
                .field("offerId", OfferView::offerId)
                .field("frameworkId", OfferView::frameworkId)
                .field("agentId", OfferView::agentId)
                .field("createdMs", OfferView::createdMs)
                .field("resources", OffersCommand::resources);
    }

    private static String scalar(OfferView offer, int kind, LongFunction<String> text) {
        return offer.scalars().stream()
                .filter(scalar -> scalar.kind() == kind)
                .findFirst()
                .map(scalar -> text.apply(scalar.amount()))
                .orElse("-");
    }

    private static String ports(OfferView offer) {
        String ports = ranges(offer, ResourceKind.PORTS);
        return ports.isEmpty() ? "-" : ports;
    }

    private static String ranges(OfferView offer, int kind) {
        return offer.ranges().stream()
                .filter(range -> range.kind() == kind)
                .map(range -> range.begin() == range.end() ? "" + range.begin() : range.begin() + "-" + range.end())
                .collect(Collectors.joining(","));
    }

    private static Map<String, Object> resources(OfferView offer) {
        Map<String, Object> resources = new LinkedHashMap<>();
        for (ScalarView scalar : offer.scalars()) {
            resources.put(ResourceKind.scalarName(scalar.kind()), scalar.amount());
        }
        for (RangeView range : offer.ranges()) {
            resources.put(ResourceKind.rangeName(range.kind()), ranges(offer, range.kind()));
        }
        return resources;
    }
}
