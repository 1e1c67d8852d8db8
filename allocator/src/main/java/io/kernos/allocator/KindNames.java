package io.kernos.allocator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What resource kinds are called, and what the items of sets are: the allocator itself knows numbers alone. A set is a
 * range kind in which each number stands for an item.
 *
 * <p>Names are given numbers in the order in which they come; they keep them. To have the same numbers again they are
 * named again in the order in which {@link #scalars}, {@link #ranges} and {@link #items} list them. Not thread safe.
 */
public final class KindNames {
    /** What a kind is. */
    public enum Form {
        /** An amount. */
        SCALAR,
        /** Numbers. */
        RANGES,
        /** Items, each with a name. */
        SET
    }

    /** How many items a set can come to know. */
    public static final int MAX_ITEMS = 1 << 16;

    private record Kind(Form form, int number) {}

    private final Map<String, Kind> kinds = new HashMap<>();
    private final List<String> scalars = new ArrayList<>(List.of("cpus", "mem", "disk", "gpus"));
    private final List<String> ranges = new ArrayList<>(List.of("ports"));
    private final List<List<String>> items = new ArrayList<>();
    private final List<Map<String, Integer>> numbers = new ArrayList<>();

    /** The kinds that have a name of their own in {@link ResourceKinds}. */
    public KindNames() {
        for (int kind = 0; kind < scalars.size(); kind++) {
            kinds.put(scalars.get(kind), new Kind(Form.SCALAR, kind));
        }
        for (int kind = 0; kind < ranges.size(); kind++) {
            kinds.put(ranges.get(kind), new Kind(Form.RANGES, kind));
            addItems();
        }
    }

    /**
     * Finds a kind, or gives it the next number of its form.
     *
     * @param name of the kind; not empty.
     * @param form what it is; the same as before where the name is known.
     * @return the number: a scalar kind, or else a range kind.
     * @throws IllegalArgumentException if the name has another form, or no number is left.
     */
    public int define(String name, Form form) {
        Kind known = kinds.get(name);
        if (known != null) {
            require(known.form == form, "name=" + name + " must be of form " + known.form + ", as before, not " + form);
            return known.number;
        }
        require(!name.isEmpty(), "name must not be empty");
        List<String> names = form == Form.SCALAR ? scalars : ranges;
        int most = form == Form.SCALAR ? ResourceKinds.MAX_SCALARS : ResourceKinds.MAX_RANGES;
        require(
                names.size() < most,
                "name=" + name + " must be one of at most " + most + " kinds; those known are " + names);
        kinds.put(name, new Kind(form, names.size()));
        names.add(name);
        if (form != Form.SCALAR) {
            addItems();
        }
        return names.size() - 1;
    }

    /**
     * Finds the number of an item of a set, or gives it the next one.
     *
     * @param kind a range kind that is a set.
     * @param item its name.
     * @return the number that stands for it.
     */
    public int number(int kind, String item) {
        requireSet(kind);
        Integer known = numbers.get(kind).get(item);
        if (known != null) {
            return known;
        }
        require(numbers.get(kind).size() < MAX_ITEMS, "item=" + item + " must be one of at most " + MAX_ITEMS);
        int number = items.get(kind).size();
        items.get(kind).add(item);
        numbers.get(kind).put(item, number);
        return number;
    }

    /**
     * The item that a number of a set stands for.
     *
     * @param kind   a range kind that is a set.
     * @param number of an item.
     * @return its name.
     */
    public String item(int kind, int number) {
        requireSet(kind);
        require(number >= 0 && number < items.get(kind).size(), "number=" + number + " must stand for an item");
        return items.get(kind).get(number);
    }

    /**
     * What a kind is.
     *
     * @param name of the kind.
     * @return its form, or null if it is not known.
     */
    public Form form(String name) {
        Kind kind = kinds.get(name);
        return kind == null ? null : kind.form;
    }

    /**
     * The names of the scalar kinds.
     *
     * @return by number.
     */
    public List<String> scalars() {
        return List.copyOf(scalars);
    }

    /**
     * The names of the range kinds, sets among them.
     *
     * @return by number.
     */
    public List<String> ranges() {
        return List.copyOf(ranges);
    }

    /**
     * The items of a set.
     *
     * @param kind a range kind.
     * @return by number; none where it is no set.
     */
    public List<String> items(int kind) {
        return List.copyOf(items.get(kind));
    }

    private void addItems() {
        items.add(new ArrayList<>());
        numbers.add(new HashMap<>());
    }

    private void requireSet(int kind) {
        boolean isSet = kind >= 0 && kind < ranges.size() && kinds.get(ranges.get(kind)).form == Form.SET;
        require(isSet, "kind=" + kind + " must be a set");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
