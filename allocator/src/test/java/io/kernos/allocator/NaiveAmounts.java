package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Amounts as plainly as can be: a number for each scalar kind, and every single number of each range kind. */
final class NaiveAmounts {
    final long[] scalars = new long[ResourceKinds.MAX_SCALARS];
    final List<BitSet> numbers = new ArrayList<>();

    NaiveAmounts() {
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            numbers.add(new BitSet());
        }
    }

    static NaiveAmounts of(Resources resources) {
        NaiveAmounts amounts = new NaiveAmounts();
        amounts.add(resources);
        return amounts;
    }

    void add(Resources resources) {
        for (int kind = 0; kind < scalars.length; kind++) {
            scalars[kind] += resources.scalar(kind);
        }
        for (int kind = 0; kind < numbers.size(); kind++) {
            RangeSet range = resources.range(kind);
            for (int i = 0; i < range.intervals(); i++) {
                numbers.get(kind).set((int) range.begin(i), (int) range.end(i) + 1);
            }
        }
    }

    void add(NaiveAmounts other) {
        for (int kind = 0; kind < scalars.length; kind++) {
            scalars[kind] += other.scalars[kind];
        }
        for (int kind = 0; kind < numbers.size(); kind++) {
            numbers.get(kind).or(other.numbers.get(kind));
        }
    }

    void subtract(NaiveAmounts other) {
        for (int kind = 0; kind < scalars.length; kind++) {
            scalars[kind] -= other.scalars[kind];
        }
        for (int kind = 0; kind < numbers.size(); kind++) {
            numbers.get(kind).andNot(other.numbers.get(kind));
        }
    }

    boolean contains(NaiveAmounts other) {
        for (int kind = 0; kind < scalars.length; kind++) {
            if (scalars[kind] < other.scalars[kind]) {
                return false;
            }
        }
        for (int kind = 0; kind < numbers.size(); kind++) {
            BitSet missing = (BitSet) other.numbers.get(kind).clone();
            missing.andNot(numbers.get(kind));
            if (!missing.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    boolean hasNumbers() {
        return numbers.stream().anyMatch(set -> !set.isEmpty());
    }

    boolean isNothing() {
        return Arrays.stream(scalars).allMatch(scalar -> scalar == 0) && !hasNumbers();
    }

    Resources toResources() {
        Resources resources = new Resources();
        for (int kind = 0; kind < scalars.length; kind++) {
            resources.scalar(kind, Math.max(0, scalars[kind]));
        }
        for (int kind = 0; kind < numbers.size(); kind++) {
            int range = kind;
            numbers.get(kind).stream().forEach(number -> resources.addRange(range, number, number));
        }
        return resources;
    }
}
