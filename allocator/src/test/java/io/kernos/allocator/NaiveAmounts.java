package io.kernos.allocator;

import java.util.TreeMap;

/**
 * Amounts as plainly as can be: a number for each scalar kind, a bit for each number of each range kind, and the same
 * again for each trait. An amount of a shared trait stands for as many references as it has wholes.
 */
final class NaiveAmounts {
    static final int MAX_NUMBER = Long.SIZE - 1;

    final long[] scalars = new long[ResourceKinds.MAX_SCALARS];
    final long[] numbers = new long[ResourceKinds.MAX_RANGES];
    final TreeMap<Integer, NaiveAmounts> specials = new TreeMap<>();

    static NaiveAmounts of(Resources resources) {
        NaiveAmounts amounts = new NaiveAmounts();
        amounts.add(resources);
        return amounts;
    }

    void add(Resources resources) {
        for (int kind = 0; kind < scalars.length; kind++) {
            scalars[kind] += resources.scalar(kind);
        }
        for (int kind = 0; kind < numbers.length; kind++) {
            RangeSet range = resources.range(kind);
            for (int i = 0; i < range.intervals(); i++) {
                for (long number = range.begin(i); number <= range.end(i); number++) {
                    numbers[kind] |= 1L << number;
                }
            }
        }
        for (int i = 0; i < resources.specials(); i++) {
            special(resources.specialTrait(i)).add(resources.special(i));
        }
    }

    /** What there is of a trait, to be changed. */
    NaiveAmounts special(int trait) {
        return specials.computeIfAbsent(trait, key -> new NaiveAmounts());
    }

    /** What there is of a trait, to be read. */
    NaiveAmounts specialOrNothing(int trait) {
        return specials.getOrDefault(trait, new NaiveAmounts());
    }

    void add(NaiveAmounts other) {
        for (int kind = 0; kind < scalars.length; kind++) {
            scalars[kind] += other.scalars[kind];
        }
        for (int kind = 0; kind < numbers.length; kind++) {
            numbers[kind] |= other.numbers[kind];
        }
        other.specials.forEach((trait, amounts) -> special(trait).add(amounts));
    }

    void subtract(NaiveAmounts other) {
        for (int kind = 0; kind < scalars.length; kind++) {
            scalars[kind] -= other.scalars[kind];
        }
        for (int kind = 0; kind < numbers.length; kind++) {
            numbers[kind] &= ~other.numbers[kind];
        }
        other.specials.forEach((trait, amounts) -> special(trait).subtract(amounts));
        specials.values().removeIf(NaiveAmounts::isNothing);
    }

    /** Whether what is plain is here. */
    boolean contains(NaiveAmounts other) {
        for (int kind = 0; kind < scalars.length; kind++) {
            if (scalars[kind] < other.scalars[kind]) {
                return false;
            }
        }
        for (int kind = 0; kind < numbers.length; kind++) {
            if ((other.numbers[kind] & ~numbers[kind]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether all is here, what is special too. */
    boolean containsAll(NaiveAmounts other) {
        return contains(other)
                && other.specials.entrySet().stream()
                        .allMatch(special -> specialOrNothing(special.getKey()).contains(special.getValue()));
    }

    boolean isNothing() {
        long all = 0;
        for (long scalar : scalars) {
            all |= scalar;
        }
        for (long bits : numbers) {
            all |= bits;
        }
        return all == 0 && specials.values().stream().allMatch(NaiveAmounts::isNothing);
    }

    Resources toResources() {
        Resources resources = new Resources();
        for (int kind = 0; kind < scalars.length; kind++) {
            resources.scalar(kind, Math.max(0, scalars[kind]));
        }
        for (int kind = 0; kind < numbers.length; kind++) {
            for (long rest = numbers[kind]; rest != 0; rest &= rest - 1) {
                int number = Long.numberOfTrailingZeros(rest);
                resources.addRange(kind, number, number);
            }
        }
        specials.forEach((trait, amounts) -> resources.add(trait, amounts.toResources()));
        return resources;
    }
}
