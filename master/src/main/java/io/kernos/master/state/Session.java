package io.kernos.master.state;

/** An open session: of a framework, of a relay, or of somebody who has not said so, such as an operator. */
final class Session {
    final int index;
    final long id;

    Framework framework;
    Relay relay;

    Session(int index, long id) {
        this.index = index;
        this.id = id;
    }
}
