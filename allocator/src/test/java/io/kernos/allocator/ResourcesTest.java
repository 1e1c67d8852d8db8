package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResourcesTest {
    private final Resources machine = Resources.of(4_000, 8L << 30, 0).addRange(ResourceKinds.PORTS, 1, 9);
    private final Resources task = Resources.of(1_000, 0, 0).addRange(ResourceKinds.PORTS, 4, 5);

    @Test
    void shouldReturnToWhereItWasWhenAddedAndSubtracted() {
        Resources sum = new Resources();
        sum.copyFrom(machine);
        sum.subtract(task);
        assertEquals(3_000, sum.scalar(ResourceKinds.CPUS));
        assertEquals("[1-3,6-9]", sum.range(ResourceKinds.PORTS).toString());
        sum.add(task);
        assertEquals(machine, sum);
        assertEquals(machine.hashCode(), sum.hashCode());
    }

    @Test
    void shouldContainOnlyWhenThereIsEnoughOfEveryKind() {
        assertTrue(machine.contains(task));
        assertFalse(task.contains(machine));
        task.scalar(ResourceKinds.MAX_SCALARS - 1, 1);
        assertFalse(machine.contains(task));
        assertThrows(IllegalArgumentException.class, () -> machine.subtract(task));
    }

    @Test
    void shouldNotContainNumbersThatAreMissing() {
        machine.range(ResourceKinds.PORTS).remove(5, 5);
        assertFalse(machine.contains(task));
    }

    @Test
    void shouldRefuseAnAmountWhenItIsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> task.scalar(ResourceKinds.CPUS, -1));
        assertThrows(IllegalArgumentException.class, () -> task.scalar(ResourceKinds.CPUS, Resources.MAX_SCALAR + 1));
    }

    @Test
    void shouldBeEmptyWhenClearedOrWhenAllIsZero() {
        task.clear();
        assertTrue(task.isEmpty());
        assertEquals(new Resources(), task);
        task.scalar(ResourceKinds.GPUS, 5).scalar(ResourceKinds.GPUS, 0);
        assertTrue(task.isEmpty());
        assertEquals(new Resources(), task);
    }
}
