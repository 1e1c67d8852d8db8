package io.kernos.allocator;

/** Amounts as plainly as can be: a number for each scalar kind, and a bit for each number of each range kind. */
final class NaiveAmounts {
    static final int MAX_NUMBER = Long.SIZE - 1;

    final long[] scalars = new long[ResourceKinds.MAX_SCALARS];
    final long[] numbers = new long[ResourceKinds.MAX_RANGES];

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
    }

    void add(NaiveAmounts other) {
        for (int kind = 0; kind < scalars.length; kind++) {
            scalars[kind] += other.scalars[kind];
        }
        for (int kind = 0; kind < numbers.length; kind++) {
            numbers[kind] |= other.numbers[kind];
        }
    }

    void subtract(NaiveAmounts other) {
        for (int kind = 0; kind < scalars.length; kind++) {
            scalars[kind] -= other.scalars[kind];
        }
        for (int kind = 0; kind < numbers.length; kind++) {
            numbers[kind] &= ~other.numbers[kind];
        }
    }

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

    boolean isNothing() {
        long all = 0;
        for (long scalar : scalars) {
            all |= scalar;
        }
        for (long bits : numbers) {
            all |= bits;
        }
        return all == 0;
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
        return resources;
    }
}
