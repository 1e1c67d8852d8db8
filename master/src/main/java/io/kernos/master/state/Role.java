package io.kernos.master.state;

/** A role that frameworks are in; it is there while one is. */
final class Role {
    final Link<Role> inDirty = new Link<>(this);

    final int index;
    final String name;
    long weightMilli;
    int frameworkCount;

    Role(int index, String name, long weightMilli) {
        this.index = index;
        this.name = name;
        this.weightMilli = weightMilli;
    }
}
