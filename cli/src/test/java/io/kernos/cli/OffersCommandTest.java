package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.master.store.OfferView;
import io.kernos.master.store.RangeView;
import io.kernos.master.store.ScalarView;
import io.kernos.transport.ResourceKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffersCommandTest {
    private static final OfferView OFFER = new OfferView(
            17,
            3,
            2,
            System.currentTimeMillis(),
            List.of(new ScalarView(ResourceKind.CPUS, 3_500), new ScalarView(ResourceKind.MEMORY, 1L << 30)),
            List.of(
                    new RangeView(ResourceKind.PORTS, 31_000, 31_000),
                    new RangeView(ResourceKind.PORTS, 31_002, 32_000)));

    @Test
    void shouldShowAnOfferToPeople() {
        List<String> lines = print(false).lines().toList();

        assertEquals(
                "OFFER FRAMEWORK AGENT CPUS MEM DISK PORTS AGE",
                lines.getFirst().replaceAll(" +", " "));
        assertTrue(
                lines.get(1).strip().replaceAll(" +", " ").startsWith("17 3 2 3.5 1g - 31000,31002-32000 "),
                lines.get(1));
    }

    @Test
    void shouldShowAnOfferToPrograms() {
        assertEquals(
                "{\"offerId\":17,\"frameworkId\":3,\"agentId\":2,\"createdMs\":" + OFFER.createdMs()
                        + ",\"resources\":{\"cpus\":3500,\"mem\":1073741824,\"ports\":\"31000,31002-32000\"}}\n",
                print(true));
    }

    private static String print(boolean json) {
        StringWriter out = new StringWriter();
        OffersCommand.listing().print(new PrintWriter(out), List.of(OFFER), json);
        return out.toString();
    }
}
