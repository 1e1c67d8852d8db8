package io.kernos.allocator;

/**
 * Indices in ascending order of (share, index), in plain sorted arrays: what moves is near, and copying a few hundred
 * entries costs less than walking a tree.
 *
 * <p>What gives resources back and gets others moves forth and back. So where an entry is, and where it was before, is
 * remembered in larger orders and looked at first; what is remembered may be out of date.
 */
final class ShareOrder {
    private static final int REMEMBERS_FROM = 32;

    private int[] ids = new int[0];
    private double[] shares = new double[0];
    private int[] positions = new int[0];
    private int[] positionsBefore = new int[0];
    private int size;

    int size() {
        return size;
    }

    int id(int position) {
        return ids[position];
    }

    double share(int position) {
        return shares[position];
    }

    void add(int id, double share) {
        ids = Columns.grow(ids, size + 1);
        shares = Columns.grow(shares, size + 1);
        int position = lowerBound(id, share, 0, size);
        shift(position, position + 1, size - position);
        put(position, id, share);
        size++;
    }

    void remove(int id, double share) {
        int position = position(id, share);
        shift(position + 1, position, size - position - 1);
        size--;
    }

    void move(int id, double oldShare, double newShare) {
        if (oldShare != newShare) {
            moveAt(position(id, oldShare), newShare);
        }
    }

    /** Gives the entry at a position another share, and moves it to where that belongs. */
    void moveAt(int position, double newShare) {
        int id = ids[position];
        int target;
        if (newShare >= shares[position]) {
            target = targetAbove(id, newShare, position);
            shift(position + 1, position, target - position);
        } else {
            target = targetBelow(id, newShare, position);
            shift(target, target + 1, position - target);
        }
        put(target, id, newShare);
        remember(id, target, position);
    }

    private int targetAbove(int id, double share, int position) {
        if (position + 1 == size || isBefore(id, share, position + 1)) {
            return position;
        }
        int guess = remembered(positionsBefore, id);
        boolean isThere =
                guess > position && isAfter(id, share, guess) && (guess + 1 == size || isBefore(id, share, guess + 1));
        return isThere ? guess : lowerBound(id, share, position + 1, size) - 1;
    }

    private int targetBelow(int id, double share, int position) {
        if (isBefore(id, share, 0)) {
            return 0;
        }
        int guess = remembered(positionsBefore, id);
        boolean isThere = guess > 0 && guess < position && isBefore(id, share, guess) && isAfter(id, share, guess - 1);
        return isThere ? guess : lowerBound(id, share, 0, position);
    }

    private void remember(int id, int position, int before) {
        if (size >= REMEMBERS_FROM && id >= 0) {
            positions = Columns.grow(positions, id + 1);
            positionsBefore = Columns.grow(positionsBefore, id + 1);
            positions[id] = position;
            positionsBefore[id] = before;
        }
    }

    /** A position that there is, though perhaps of another entry. */
    private int remembered(int[] positions, int id) {
        return id >= 0 && id < positions.length && positions[id] < size ? positions[id] : 0;
    }

    /** Changes a share and leaves the entry where it is, until {@link #sort}. */
    void replaceAt(int position, double share) {
        shares[position] = share;
    }

    /** Restores the order after shares were replaced; cheap where the order has hardly changed. */
    void sort() {
        for (int i = 1; i < size; i++) {
            int id = ids[i];
            double share = shares[i];
            if (isBefore(id, share, i - 1)) {
                int target = lowerBound(id, share, 0, i);
                shift(target, target + 1, i - target);
                put(target, id, share);
            }
        }
    }

    /** Restores the order after all shares were replaced by others that have nothing to do with them. */
    void sortShuffled() {
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i, size);
        }
        for (int end = size - 1; end > 0; end--) {
            swap(0, end);
            sink(0, end);
        }
    }

    private void sink(int from, int end) {
        int parent = from;
        while (2 * parent + 1 < end) {
            int child = 2 * parent + 1;
            if (child + 1 < end && isBefore(ids[child], shares[child], child + 1)) {
                child++;
            }
            if (!isBefore(ids[parent], shares[parent], child)) {
                return;
            }
            swap(parent, child);
            parent = child;
        }
    }

    private void swap(int left, int right) {
        int id = ids[left];
        double share = shares[left];
        put(left, ids[right], shares[right]);
        put(right, id, share);
    }

    /** Where an entry is, or -1 if it is not there with that share. */
    int find(int id, double share) {
        int guess = remembered(positions, id);
        if (guess < size && ids[guess] == id && shares[guess] == share) {
            return guess;
        }
        int position = lowerBound(id, share, 0, size);
        return position < size && ids[position] == id && shares[position] == share ? position : -1;
    }

    private int position(int id, double share) {
        int position = find(id, share);
        if (position < 0) {
            throw new IllegalStateException("index " + id + " must be in the order at share " + share);
        }
        return position;
    }

    private int lowerBound(int id, double share, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isAfter(id, share, middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isBefore(int id, double share, int position) {
        double other = shares[position];
        return share < other || (share == other && id < ids[position]);
    }

    private boolean isAfter(int id, double share, int position) {
        double other = shares[position];
        return share > other || (share == other && id > ids[position]);
    }

    private void shift(int from, int to, int length) {
        System.arraycopy(ids, from, ids, to, length);
        System.arraycopy(shares, from, shares, to, length);
    }

    private void put(int position, int id, double share) {
        ids[position] = id;
        shares[position] = share;
    }
}
