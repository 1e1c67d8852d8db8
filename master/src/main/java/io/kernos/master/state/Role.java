package io.kernos.master.state;

import java.nio.charset.StandardCharsets;

/** A role that frameworks are in; it is there while one is. */
final class Role {
    final Link<Role> inDirty = new Link<>(this);

    final int index;
    final String name;
    /** The name in UTF-8. */
    final byte[] nameBytes;

    long weightMilli;
    int frameworkCount;

    Role(int index, String name, long weightMilli) {
        this.index = index;
        this.name = name;
        this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
        this.weightMilli = weightMilli;
    }
}
