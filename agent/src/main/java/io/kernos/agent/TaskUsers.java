package io.kernos.agent;

import io.kernos.isolation.ContainerUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The users of this machine, from {@code /etc/passwd} and {@code /etc/group}, read again when those change.
 */
final class TaskUsers {
    private final Map<String, ContainerUser> known = new HashMap<>();
    private final Path passwd;
    private final Path group;
    private FileTime passwdTime;
    private FileTime groupTime;

    TaskUsers() {
        this(Path.of("/etc/passwd"), Path.of("/etc/group"));
    }

    TaskUsers(Path passwd, Path group) {
        this.passwd = passwd;
        this.group = group;
    }

    /**
     * Finds a user.
     *
     * @param name of the user.
     * @return the user with its groups; null when there is none of that name.
     * @throws IOException when the files cannot be read.
     */
    ContainerUser find(String name) throws IOException {
        FileTime newPasswdTime = Files.getLastModifiedTime(passwd);
        FileTime newGroupTime = Files.getLastModifiedTime(group);
        if (!newPasswdTime.equals(passwdTime) || !newGroupTime.equals(groupTime)) {
            known.clear();
            passwdTime = newPasswdTime;
            groupTime = newGroupTime;
        }
        ContainerUser user = known.get(name);
        if (user == null) {
            user = read(name);
            if (user != null) {
                known.put(name, user);
            }
        }
        return user;
    }

    private ContainerUser read(String name) throws IOException {
        for (String line : Files.readAllLines(passwd)) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 4 && fields[0].equals(name)) {
                OptionalInt uid = number(fields[2]);
                OptionalInt gid = number(fields[3]);
                if (uid.isPresent() && gid.isPresent()) {
                    return new ContainerUser(uid.getAsInt(), gid.getAsInt(), groupsOf(name, gid.getAsInt()));
                }
            }
        }
        return null;
    }

    private List<Integer> groupsOf(String name, int mainGroup) throws IOException {
        List<Integer> groups = new ArrayList<>();
        for (String line : Files.readAllLines(group)) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 4 && List.of(fields[3].split(",")).contains(name)) {
                OptionalInt gid = number(fields[2]);
                if (gid.isPresent() && gid.getAsInt() != mainGroup && groups.size() < ContainerUser.MAX_GROUPS) {
                    groups.add(gid.getAsInt());
                }
            }
        }
        return groups;
    }

    private static OptionalInt number(String text) {
        boolean plain = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
