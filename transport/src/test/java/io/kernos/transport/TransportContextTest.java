package io.kernos.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.aeron.ChannelUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportContextTest {

    @Test
    void shouldGiveChannelsWhenTheDefaultsAreConcluded() {
        TransportContext context = new TransportContext().conclude();
        ChannelUri relay = ChannelUri.parse(context.relayChannel());
        assertEquals("localhost:7710", relay.get("endpoint"));
        assertEquals("256k", relay.get("term-length"));
        assertEquals("512k", ChannelUri.parse(context.ingressChannel()).get("term-length"));
        assertEquals(
                "10.0.0.1:99",
                ChannelUri.parse(context.channelTo("10.0.0.1:99")).get("endpoint"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", ":7710", "host:", "host:70000", "host:-1", "a b:1", "a|b:1", "fe80::1:5"})
    void shouldNameTheSettingWhenAnEndpointIsNone(String endpoint) {
        TransportContext context = new TransportContext().relayEndpoint(endpoint);
        SettingException error = assertThrows(SettingException.class, context::conclude);
        assertEquals("relayEndpoint=" + endpoint, error.getMessage().substring(0, 14 + endpoint.length()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536, 131_072, 300_000, -1})
    void shouldRefuseWhenTheLongestMessageDoesNotFitATerm(int bytes) {
        assertThrows(SettingException.class, new TransportContext().agentTermBytes(bytes)::conclude);
        assertThrows(SettingException.class, new TransportContext().sessionTermBytes(262_144)::conclude);
    }

    @Test
    void shouldUseNothingButTheEndpointWhenAnotherNamesTheChannel() {
        TransportContext context = new TransportContext().conclude();
        assertEquals(
                context.channelTo("10.0.0.1:99"),
                context.channelToNamed("aeron:udp?endpoint=10.0.0.1:99|term-length=1g|mtu=8k|interface=lo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "aeron:ipc",
                "aeron:udp",
                "aeron:udp?endpoint=localhost:0",
                "aeron:udp?endpoint=localhost",
                "aeron:udp?control=localhost:9|control-mode=dynamic",
                "aeron:udp?endpoint=a b:1"
            })
    void shouldGiveNoChannelWhenWhatIsNamedCannotBeAnswered(String named) {
        assertNull(new TransportContext().conclude().channelToNamed(named));
    }

    @Test
    void shouldNameTheBoundsWhenAValueIsOutOfThem() {
        SettingException.checkRange("x", 3, 3, 5);
        SettingException.checkRange("x", 5, 3, 5);
        SettingException error = assertThrows(SettingException.class, () -> SettingException.checkRange("x", 6, 3, 5));
        assertEquals("x=6: must be from 3 to 5", error.getMessage());
    }

    @Test
    void shouldReadAddressesOfBothFamiliesWhenParsingEndpoints() {
        assertEquals(new Endpoint("[::1]", 7710), Endpoint.of("x", "[::1]:7710"));
        assertEquals(new Endpoint("127.0.0.1", 0), Endpoint.of("x", "127.0.0.1:0"));
    }
}
