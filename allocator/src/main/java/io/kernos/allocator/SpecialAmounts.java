package io.kernos.allocator;

import java.util.Arrays;

/** Amounts by trait, in ascending order of its index; there is never one of nothing. */
final class SpecialAmounts {
    private int[] traits = new int[0];
    private Resources[] amounts = new Resources[0];
    private int size;

    int size() {
        return size;
    }

    int trait(int i) {
        return traits[i];
    }

    Resources amounts(int i) {
        return amounts[i];
    }

    /** What there is of a trait, or null if nothing. */
    Resources find(int trait) {
        int at = position(trait);
        return at < size && traits[at] == trait ? amounts[at] : null;
    }

    void add(int trait, Resources more) {
        if (more.isEmpty()) {
            return;
        }
        int at = position(trait);
        if (at == size || traits[at] != trait) {
            insert(at, trait);
        }
        amounts[at].add(more);
    }

    void addAll(SpecialAmounts more) {
        for (int i = 0; i < more.size; i++) {
            add(more.traits[i], more.amounts[i]);
        }
    }

    void subtract(int trait, Resources less) {
        if (less.isEmpty()) {
            return;
        }
        int at = position(trait);
        amounts[at].subtract(less);
        if (amounts[at].isEmpty()) {
            delete(at);
        }
    }

    void subtractAll(SpecialAmounts less) {
        for (int i = 0; i < less.size; i++) {
            subtract(less.traits[i], less.amounts[i]);
        }
    }

    boolean containsAll(SpecialAmounts other) {
        for (int i = 0; i < other.size; i++) {
            Resources mine = find(other.traits[i]);
            if (mine == null || !mine.contains(other.amounts[i])) {
                return false;
            }
        }
        return true;
    }

    void copyFrom(SpecialAmounts other) {
        clear();
        for (int i = 0; i < other.size; i++) {
            insert(i, other.traits[i]);
            amounts[i].copyFrom(other.amounts[i]);
        }
    }

    void clear() {
        size = 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpecialAmounts that
                && Arrays.equals(traits, 0, size, that.traits, 0, that.size)
                && Arrays.equals(amounts, 0, size, that.amounts, 0, that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * (31 * hash + traits[i]) + amounts[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : " ").append('t').append(traits[i]).append(amounts[i]);
        }
        return text.toString();
    }

    private int position(int trait) {
        int at = 0;
        while (at < size && traits[at] < trait) {
            at++;
        }
        return at;
    }

    private void insert(int at, int trait) {
        traits = Columns.grow(traits, size + 1);
        amounts = Columns.grow(amounts, size + 1);
        Resources spare = amounts[size] == null ? new Resources() : amounts[size];
        System.arraycopy(traits, at, traits, at + 1, size - at);
        System.arraycopy(amounts, at, amounts, at + 1, size - at);
        spare.clear();
        traits[at] = trait;
        amounts[at] = spare;
        size++;
    }

    private void delete(int at) {
        Resources spare = amounts[at];
        System.arraycopy(traits, at + 1, traits, at, size - at - 1);
        System.arraycopy(amounts, at + 1, amounts, at, size - at - 1);
        amounts[--size] = spare;
    }
}
