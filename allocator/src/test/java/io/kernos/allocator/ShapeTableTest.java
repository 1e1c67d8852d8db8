package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShapeTableTest {
    private final ShapeTable shapes = new ShapeTable(new Suitability(null, null));

    @Test
    void shouldShareAShapeWhenTheSameIsWanted() {
        int shape = enter(Resources.of(1, 2, 3), 4);
        assertEquals(shape, enter(Resources.of(1, 2, 3), 4));
        assertNotEquals(shape, enter(Resources.of(1, 2, 3), 5));
        assertNotEquals(shape, enter(Resources.of(1, 2, 4), 4));
        assertEquals(2, shapes.demands(shape));
    }

    @Test
    void shouldFindEveryShapeWhenThereAreManyAndSomeHaveLeft() {
        int[] known = new int[1_000];
        for (int i = 0; i < known.length; i++) {
            known[i] = enter(Resources.of(i, 0, 0), 0);
        }
        for (int i = 0; i < known.length; i += 3) {
            shapes.leave(known[i]);
        }
        for (int i = 0; i < known.length; i++) {
            if (i % 3 != 0) {
                assertEquals(known[i], enter(Resources.of(i, 0, 0), 0));
            }
        }
        enter(Resources.of(5_000, 0, 0), 0);
        assertEquals(known.length, shapes.bound());
    }

    @Test
    void shouldBeFreshOnceUntilItHasDied() {
        int shape = enter(Resources.of(1, 0, 0), 0);
        shapes.countReady(shape, 1);
        assertEquals(1, shapes.liveFresh());
        shapes.clearFresh();
        shapes.countReady(shape, 1);
        assertFalse(shapes.isFresh(shape));
        shapes.countReady(shape, -1);
        assertEquals(1, shapes.live());
        shapes.countReady(shape, -1);
        assertEquals(0, shapes.live());
        shapes.countReady(shape, 1);
        assertTrue(shapes.isFresh(shape));
    }

    private int enter(Resources task, int ports) {
        return shapes.enter(new DemandSpec().perTask(task).ports(ports));
    }
}
