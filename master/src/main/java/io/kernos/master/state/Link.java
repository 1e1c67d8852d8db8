package io.kernos.master.state;

/**
 * An element's place in one chain.
 *
 * @param <T> what the element is.
 */
final class Link<T> {
    Chain<T> chain;
    Link<T> previous;
    Link<T> next;

    private final T owner;

    Link(T owner) {
        this.owner = owner;
    }

    T owner() {
        return owner;
    }

    boolean isLinked() {
        return chain != null;
    }

    /** The element that comes after this one in its chain; null at the end. */
    T after() {
        return next == null ? null : next.owner;
    }

    void unlink() {
        if (chain != null) {
            chain.remove(this);
        }
    }
}
