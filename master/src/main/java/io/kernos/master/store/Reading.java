package io.kernos.master.store;

import java.util.List;
import java.util.Optional;

/**
 * What was read, and what it stands for.
 *
 * @param <T>    type of the objects.
 * @param status of the store as the read began.
 * @param items  the objects, immutable, in the order of their ids (the history: in the order in which they came).
 */
public record Reading<T>(StatusView status, List<T> items) {
    /**
     * The first object.
     *
     * @return it, or empty when there is none.
     */
    public Optional<T> first() {
        return items.stream().findFirst();
    }
}
