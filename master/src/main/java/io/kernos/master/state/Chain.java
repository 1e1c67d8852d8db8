package io.kernos.master.state;

/**
 * A doubly linked list of links that its elements bring along, so that an element is taken out in one step and nothing
 * is allocated.
 *
 * @param <T> what the elements are.
 */
final class Chain<T> {
    private Link<T> first;
    private Link<T> last;
    private int size;

    T first() {
        return first == null ? null : first.owner();
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void append(Link<T> link) {
        if (link.chain != null) {
            throw new IllegalStateException("already linked: " + link.owner());
        }
        link.chain = this;
        link.previous = last;
        link.next = null;
        if (last == null) {
            first = link;
        } else {
            last.next = link;
        }
        last = link;
        size++;
    }

    void remove(Link<T> link) {
        if (link.chain != this) {
            throw new IllegalStateException("not linked here: " + link.owner());
        }
        if (link.previous == null) {
            first = link.next;
        } else {
            link.previous.next = link.next;
        }
        if (link.next == null) {
            last = link.previous;
        } else {
            link.next.previous = link.previous;
        }
        link.chain = null;
        link.previous = null;
        link.next = null;
        size--;
    }

    /** Takes the first element out; null if there is none. */
    T poll() {
        Link<T> link = first;
        if (link == null) {
            return null;
        }
        remove(link);
        return link.owner();
    }
}
