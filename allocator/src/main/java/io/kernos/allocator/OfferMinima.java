package io.kernos.allocator;

import java.util.List;

/** The least that a framework wants to be offered of an agent: all of any of some amounts, or anything at all. */
public final class OfferMinima {
    /** Whatever there is, however little. */
    public static final OfferMinima ANYTHING = new OfferMinima(List.of());

    private final Resources[] amounts;

    /**
     * An offer must have all of one of these amounts.
     *
     * @param amounts copied; each of scalar kinds and more than nothing, or none to take anything.
     */
    public OfferMinima(List<Resources> amounts) {
        this.amounts = new Resources[amounts.size()];
        for (int i = 0; i < this.amounts.length; i++) {
            Resources each = amounts.get(i);
            if (each.isEmpty() || each.hasRanges() || each.hasSpecials()) {
                throw new IllegalArgumentException("amounts[" + i + "]=" + each
                        + " must be of scalar kinds and more than nothing; give no amounts at all to take anything");
            }
            this.amounts[i] = new Resources();
            this.amounts[i].copyFrom(each);
        }
    }

    /** Whether anything at all is enough. */
    boolean isAnything() {
        return amounts.length == 0;
    }

    int size() {
        return amounts.length;
    }

    Resources amount(int index) {
        return amounts[index];
    }

    @Override
    public String toString() {
        return isAnything() ? "anything" : List.of(amounts).toString();
    }
}
