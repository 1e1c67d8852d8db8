package io.kernos.allocator;

/**
 * Indices in ascending order of (share, index), in plain sorted arrays: what moves is near, and copying a few hundred
 * entries costs less than walking a tree.
 *
 * <p>Whoever has least gets something and then is among those who have most: so the arrays have room at both ends, and
 * an entry that goes from one end to the other does not move those between. What gives resources back and gets others
 * moves forth and back. So where an entry is, and where it was before, is remembered in larger orders and looked at
 * first; what is remembered may be out of date.
 */
final class ShareOrder {
    private static final int REMEMBERS_FROM = 32;

    private int[] ids = new int[0];
    private double[] shares = new double[0];
    private int[] places = new int[0];
    private int[] placesBefore = new int[0];
    private int first;
    private int size;

    int size() {
        return size;
    }

    int id(int position) {
        return ids[first + position];
    }

    double share(int position) {
        return shares[first + position];
    }

    void add(int id, double share) {
        if (first + size == ids.length) {
            makeRoom();
        }
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
        int id = id(position);
        int before = first + position;
        int target;
        if (newShare >= share(position)) {
            target = targetAbove(id, newShare, position);
            moveUp(position, target);
        } else {
            target = targetBelow(id, newShare, position);
            moveDown(position, target);
        }
        put(target, id, newShare);
        remember(id, first + target, before);
    }

    /** Closes the gap at a position, and opens one above: by those between, or where they are fewer by all others. */
    private void moveUp(int position, int target) {
        if (position + size - target < target - position) {
            if (first + size == ids.length) {
                makeRoom();
            }
            shift(0, 1, position);
            first++;
            shift(target, target + 1, size - 1 - target);
        } else {
            shift(position + 1, position, target - position);
        }
    }

    private void moveDown(int position, int target) {
        if (target + size - position < position - target) {
            if (first == 0) {
                makeRoom();
            }
            shift(position + 1, position, size - 1 - position);
            shift(0, -1, target);
            first--;
        } else {
            shift(target, target + 1, position - target);
        }
    }

    private int targetAbove(int id, double share, int position) {
        if (position + 1 == size || isBefore(id, share, position + 1)) {
            return position;
        }
        if (isAfter(id, share, size - 1)) {
            return size - 1;
        }
        int guess = remembered(placesBefore, id);
        boolean isThere =
                guess > position && isAfter(id, share, guess) && (guess + 1 == size || isBefore(id, share, guess + 1));
        return isThere ? guess : lowerBound(id, share, position + 1, size) - 1;
    }

    private int targetBelow(int id, double share, int position) {
        if (isBefore(id, share, 0)) {
            return 0;
        }
        int guess = remembered(placesBefore, id);
        boolean isThere = guess > 0 && guess < position && isBefore(id, share, guess) && isAfter(id, share, guess - 1);
        return isThere ? guess : lowerBound(id, share, 0, position);
    }

    private void remember(int id, int place, int before) {
        if (size >= REMEMBERS_FROM && id >= 0) {
            places = Columns.grow(places, id + 1);
            placesBefore = Columns.grow(placesBefore, id + 1);
            places[id] = place;
            placesBefore[id] = before;
        }
    }

    /** A position that there is, though perhaps of another entry. */
    private int remembered(int[] places, int id) {
        int position = id >= 0 && id < places.length ? places[id] - first : 0;
        return position >= 0 && position < size ? position : 0;
    }

    /** Changes a share and leaves the entry where it is, until {@link #sort}. */
    void replaceAt(int position, double share) {
        shares[first + position] = share;
    }

    /** Restores the order after shares were replaced; cheap where the order has hardly changed. */
    void sort() {
        for (int i = 1; i < size; i++) {
            int id = id(i);
            double share = share(i);
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
            if (child + 1 < end && isBefore(id(child), share(child), child + 1)) {
                child++;
            }
            if (!isBefore(id(parent), share(parent), child)) {
                return;
            }
            swap(parent, child);
            parent = child;
        }
    }

    private void swap(int left, int right) {
        int id = id(left);
        double share = share(left);
        put(left, id(right), share(right));
        put(right, id, share);
    }

    /** Where an entry is, or -1 if it is not there with that share. */
    int find(int id, double share) {
        int guess = remembered(places, id);
        if (guess < size && id(guess) == id && share(guess) == share) {
            return guess;
        }
        int position = lowerBound(id, share, 0, size);
        return position < size && id(position) == id && share(position) == share ? position : -1;
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
        double other = share(position);
        return share < other || (share == other && id < id(position));
    }

    private boolean isAfter(int id, double share, int position) {
        double other = share(position);
        return share > other || (share == other && id > id(position));
    }

    /** Makes as much room at both ends as there are entries, by growing where that is not there. */
    private void makeRoom() {
        int[] oldIds = ids;
        double[] oldShares = shares;
        if (ids.length < 3 * size + 1) {
            int capacity = Columns.capacity(ids.length, 3 * size + 1);
            ids = new int[capacity];
            shares = new double[capacity];
        }
        int centre = (ids.length - size) / 2;
        System.arraycopy(oldIds, first, ids, centre, size);
        System.arraycopy(oldShares, first, shares, centre, size);
        first = centre;
    }

    private void shift(int from, int to, int length) {
        System.arraycopy(ids, first + from, ids, first + to, length);
        System.arraycopy(shares, first + from, shares, first + to, length);
    }

    private void put(int position, int id, double share) {
        ids[first + position] = id;
        shares[first + position] = share;
    }
}
