package io.kernos.master.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.values.Values;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordMapTest {
    private static final int CAPACITY = 1_000;

    @TempDir
    Path folder;

    @Test
    void shouldNotHaveClassesToCompileWhenItIsOpened() {
        Class<?> generated = Values.nativeClassFor(VanillaGlobalMutableState.class);
        assertEquals(
                RecordMap.class.getProtectionDomain().getCodeSource().getLocation(),
                generated.getProtectionDomain().getCodeSource().getLocation());
    }

    @Test
    void shouldHoldAsManyEntriesAsItWasMadeForAndRefuseWithAnErrorWhatIsFarMore() throws IOException {
        RecordKey key = new RecordKey();
        RecordValue value = new RecordValue().of(new UnsafeBuffer(new byte[100]), 0, 100);
        try (RecordMap map = RecordMap.create(folder.resolve("map"), RecordKind.TASKS, CAPACITY)) {
            for (int i = 0; i < CAPACITY; i++) {
                assertTrue(map.tryPut(key.of(1, i), value));
            }
            assertEquals(CAPACITY, map.size());
            value.of(new UnsafeBuffer(new byte[30_000]), 0, 30_000);
            assertThrows(StoreFullException.class, () -> {
                for (int i = 0; i < CAPACITY; i++) {
                    map.tryPut(key.of(2, i), value);
                }
            });
            assertTrue(map.read(key.of(1, 0), value));
            assertEquals(100, value.length());
            assertTrue(map.tryRemove(key.of(1, 0)));
            assertFalse(map.read(key.of(1, 0), value));
            assertTrue(map.tryRemove(key.of(1, 0)));
        }
    }

    @Test
    void shouldNotMakeAFileThatIsNotThereWhenItIsOpened() {
        assertThrows(NoSuchFileException.class, () -> RecordMap.open(folder.resolve("none"), RecordKind.TASKS));
    }
}
