package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class KindNamesTest {
    private final KindNames names = new KindNames();

    @Test
    void shouldKnowTheKindsThatHaveNumbersAlready() {
        assertEquals(ResourceKinds.CPUS, names.define("cpus", KindNames.Form.SCALAR));
        assertEquals(ResourceKinds.MEMORY, names.define("mem", KindNames.Form.SCALAR));
        assertEquals(ResourceKinds.DISK, names.define("disk", KindNames.Form.SCALAR));
        assertEquals(ResourceKinds.GPUS, names.define("gpus", KindNames.Form.SCALAR));
        assertEquals(ResourceKinds.PORTS, names.define("ports", KindNames.Form.RANGES));
        assertNull(names.form("licences"));
    }

    @Test
    void shouldNumberCustomKindsInTheOrderInWhichTheyCome() {
        assertEquals(ResourceKinds.FIRST_CUSTOM_SCALAR, names.define("bandwidth", KindNames.Form.SCALAR));
        assertEquals(ResourceKinds.FIRST_CUSTOM_SCALAR + 1, names.define("licences", KindNames.Form.SCALAR));
        assertEquals(ResourceKinds.FIRST_CUSTOM_SCALAR, names.define("bandwidth", KindNames.Form.SCALAR));
        assertEquals(List.of("cpus", "mem", "disk", "gpus", "bandwidth", "licences"), names.scalars());
    }

    @Test
    void shouldNumberTheItemsOfASet() {
        int zones = names.define("zones", KindNames.Form.SET);
        assertEquals(0, names.number(zones, "east"));
        assertEquals(1, names.number(zones, "west"));
        assertEquals(0, names.number(zones, "east"));
        assertEquals("west", names.item(zones, 1));
        assertEquals(List.of("east", "west"), names.items(zones));
        Resources has = new Resources().addRange(zones, 0, 1);
        assertTrue(has.contains(new Resources().addRange(zones, names.number(zones, "west"), 1)));
    }

    @Test
    void shouldRefuseANameOfAnotherForm() {
        assertRefused("form SCALAR", () -> names.define("cpus", KindNames.Form.SET));
        assertRefused("must be a set", () -> names.number(ResourceKinds.PORTS, "http"));
    }

    @Test
    void shouldRefuseMoreKindsThanThereCanBe() {
        for (int kind = ResourceKinds.FIRST_CUSTOM_SCALAR; kind < ResourceKinds.MAX_SCALARS; kind++) {
            names.define("kind" + kind, KindNames.Form.SCALAR);
        }
        assertRefused("at most 16", () -> names.define("one more", KindNames.Form.SCALAR));
    }

    private static void assertRefused(String why, Runnable call) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }
}
