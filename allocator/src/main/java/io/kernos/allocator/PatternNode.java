package io.kernos.allocator;

import java.util.List;

/** A parsed pattern, before it is compiled. */
sealed interface PatternNode {
    /** One character of a set: pairs of first and last, or all but those. */
    record Characters(int[] pairs, boolean isNegated) implements PatternNode {
        boolean contains(int character) {
            for (int i = 0; i < pairs.length; i += 2) {
                if (character >= pairs[i] && character <= pairs[i + 1]) {
                    return !isNegated;
                }
            }
            return isNegated;
        }
    }

    /** One after the other; nothing at all if there are none. */
    record Sequence(List<PatternNode> parts) implements PatternNode {}

    /** Any one of them. */
    record Choice(List<PatternNode> branches) implements PatternNode {}

    /** Again and again, from a least to a most number of times, or UNBOUNDED. */
    record Repeat(PatternNode part, int least, int most) implements PatternNode {
        /** No upper bound. */
        static final int UNBOUNDED = -1;
    }

    /** The start or the end of the text. */
    enum Edge implements PatternNode {
        START,
        END
    }
}
