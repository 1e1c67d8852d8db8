package io.kernos.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * All that the supervisor needs to know to start a container, as one packet. Immutable.
 *
 * @param frameworkId first half of the container's key.
 * @param taskId      second half of the container's key.
 * @param cookie      handed back in all that is told about the container.
 * @param flags       of {@link PlanFlag}.
 * @param uid         whom to become when {@link PlanFlag#SET_USER} is set.
 * @param gid         group to become when {@link PlanFlag#SET_USER} is set.
 * @param groups      supplementary groups.
 * @param rlimits     resource limits.
 * @param sandbox     absolute path of the working folder.
 * @param hostname    name of the host, empty to keep it.
 * @param stdoutName  file in the sandbox that stdout is appended to.
 * @param stderrName  file in the sandbox that stderr is appended to.
 * @param cgroups     absolute paths: of a v2 folder first, when {@link PlanFlag#CGROUP_FOLDER} is set, then of files
 *                    {@code cgroup.procs}.
 * @param args        command and arguments.
 * @param env         environment as {@code NAME=value}.
 */
public record LaunchPlan(
        long frameworkId,
        long taskId,
        long cookie,
        int flags,
        int uid,
        int gid,
        List<Integer> groups,
        List<Rlimit> rlimits,
        String sandbox,
        String hostname,
        String stdoutName,
        String stderrName,
        List<String> cgroups,
        List<String> args,
        List<String> env) {

    /** Most bytes of an encoded plan. */
    public static final int MAX_BYTES = Protocol.MESSAGE_MAX;
    /** Most arguments. */
    public static final int MAX_ARGS = 1024;
    /** Most environment variables. */
    public static final int MAX_ENV = 1024;
    /** Most control groups. */
    public static final int MAX_CGROUPS = 8;
    /** Most resource limits. */
    public static final int MAX_RLIMITS = 16;
    /** Most supplementary groups. */
    public static final int MAX_GROUPS = 32;

    private static final int FLAGS_AT = 32;
    private static final int UID_AT = 36;
    private static final int GID_AT = 40;
    private static final int RLIMITS_AT = 44;
    private static final int GROUPS_AT = 48;
    private static final int CGROUPS_AT = 52;
    private static final int ARGS_AT = 56;
    private static final int ENV_AT = 60;
    private static final int FIXED_BYTES = 64;
    private static final int RLIMIT_BYTES = 24;

    /**
     * One resource limit.
     *
     * @param resource number of {@code RLIMIT_*}.
     * @param soft     in force; -1 for none.
     * @param hard     most that it can be raised to; -1 for none.
     */
    public record Rlimit(int resource, long soft, long hard) {}

    /** Copies the lists. */
    public LaunchPlan {
        groups = List.copyOf(groups);
        rlimits = List.copyOf(rlimits);
        cgroups = List.copyOf(cgroups);
        args = List.copyOf(args);
        env = List.copyOf(env);
    }

    /**
     * Writes the packet.
     *
     * @param buffer with room for {@link #MAX_BYTES} from 0 on.
     * @return its length, bytes.
     * @throws IllegalArgumentException naming the field that passes its limit or holds a NUL.
     */
    public int encode(MutableDirectBuffer buffer) {
        checkCounts();
        buffer.putShort(Protocol.VERSION_AT, (short) Protocol.VERSION);
        buffer.putShort(Protocol.TYPE, (short) Protocol.LAUNCH);
        buffer.putLong(Protocol.FRAMEWORK_ID, frameworkId);
        buffer.putLong(Protocol.TASK_ID, taskId);
        buffer.putLong(Protocol.COOKIE, cookie);
        buffer.putInt(FLAGS_AT, flags);
        buffer.putInt(UID_AT, uid);
        buffer.putInt(GID_AT, gid);
        buffer.putInt(RLIMITS_AT, rlimits.size());
        buffer.putInt(GROUPS_AT, groups.size());
        buffer.putInt(CGROUPS_AT, cgroups.size());
        buffer.putInt(ARGS_AT, args.size());
        buffer.putInt(ENV_AT, env.size());
        int at = encodeNumbers(buffer, FIXED_BYTES);
        at = encodeString(buffer, at, "sandbox", sandbox);
        at = encodeString(buffer, at, "hostname", hostname);
        at = encodeString(buffer, at, "stdoutName", stdoutName);
        at = encodeString(buffer, at, "stderrName", stderrName);
        at = encodeStrings(buffer, at, "cgroups", cgroups);
        at = encodeStrings(buffer, at, "args", args);
        at = encodeStrings(buffer, at, "env", env);
        buffer.putInt(Protocol.LENGTH, at);
        return at;
    }

    private void checkCounts() {
        requireAtMost("groups", groups.size(), MAX_GROUPS);
        requireAtMost("rlimits", rlimits.size(), MAX_RLIMITS);
        requireAtMost("cgroups", cgroups.size(), MAX_CGROUPS);
        requireAtMost("args", args.size(), MAX_ARGS);
        requireAtMost("env", env.size(), MAX_ENV);
    }

    private static void requireAtMost(String field, int count, int max) {
        if (count > max) {
            throw new IllegalArgumentException(field + " has " + count + " entries: give at most " + max);
        }
    }

    private int encodeNumbers(MutableDirectBuffer buffer, int offset) {
        int at = offset;
        for (Rlimit limit : rlimits) {
            buffer.putInt(at, limit.resource());
            buffer.putInt(at + 4, 0);
            buffer.putLong(at + 8, limit.soft());
            buffer.putLong(at + 16, limit.hard());
            at += RLIMIT_BYTES;
        }
        for (int group : groups) {
            buffer.putInt(at, group);
            at += Integer.BYTES;
        }
        return at;
    }

    private static int encodeStrings(MutableDirectBuffer buffer, int offset, String field, List<String> values) {
        int at = offset;
        for (String value : values) {
            at = encodeString(buffer, at, field, value);
        }
        return at;
    }

    private static int encodeString(MutableDirectBuffer buffer, int offset, String field, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(field + " holds a NUL character: the kernel takes none");
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (offset + bytes.length + 1 > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the launch plan passes " + MAX_BYTES + " bytes at " + field + ": shorten args or env");
        }
        buffer.putBytes(offset, bytes);
        buffer.putByte(offset + bytes.length, (byte) 0);
        return offset + bytes.length + 1;
    }

    /**
     * Reads a packet.
     *
     * @param buffer that holds it from 0 on.
     * @param length its length, bytes.
     * @return the plan.
     * @throws IllegalArgumentException saying what is wrong with it.
     */
    public static LaunchPlan decode(DirectBuffer buffer, int length) {
        if (length < FIXED_BYTES || buffer.getInt(Protocol.LENGTH) != length) {
            throw new IllegalArgumentException("launch plan of " + length + " bytes is cut off");
        }
        if (buffer.getShort(Protocol.VERSION_AT) != Protocol.VERSION
                || buffer.getShort(Protocol.TYPE) != Protocol.LAUNCH) {
            throw new IllegalArgumentException("not a launch plan of version " + Protocol.VERSION);
        }
        return new PlanReader(buffer, length).read();
    }

    /**
     * The plan as a person reads it.
     *
     * @return several lines.
     */
    public String describe() {
        StringBuilder text = new StringBuilder();
        text.append("container ").append(frameworkId).append('/').append(taskId);
        text.append(" cookie ").append(cookie).append('\n');
        text.append("  command   ").append(String.join(" ", args)).append('\n');
        text.append("  sandbox   ").append(sandbox).append(" (stdout to ").append(stdoutName);
        text.append(", stderr to ").append(stderrName).append(")\n");
        text.append("  isolation ").append(PlanFlag.describe(flags)).append('\n');
        if (!hostname.isEmpty()) {
            text.append("  hostname  ").append(hostname).append('\n');
        }
        if ((flags & PlanFlag.SET_USER.bit()) != 0) {
            text.append("  user      ")
                    .append(uid)
                    .append(':')
                    .append(gid)
                    .append(' ')
                    .append(groups)
                    .append('\n');
        }
        cgroups.forEach(cgroup -> text.append("  cgroup    ").append(cgroup).append('\n'));
        rlimits.forEach(limit -> text.append("  limit     ").append(limit).append('\n'));
        env.forEach(variable -> text.append("  env       ").append(variable).append('\n'));
        return text.toString();
    }

    /** Takes a packet apart, and checks each step. */
    private static final class PlanReader {
        private final DirectBuffer buffer;
        private final int length;
        private int at = FIXED_BYTES;

        PlanReader(DirectBuffer buffer, int length) {
            this.buffer = buffer;
            this.length = length;
        }

        LaunchPlan read() {
            List<Rlimit> rlimits = rlimits(count("rlimits", RLIMITS_AT, MAX_RLIMITS));
            List<Integer> groups = groups(count("groups", GROUPS_AT, MAX_GROUPS));
            String sandbox = string("sandbox");
            String hostname = string("hostname");
            String stdoutName = string("stdoutName");
            String stderrName = string("stderrName");
            List<String> cgroups = strings("cgroups", count("cgroups", CGROUPS_AT, MAX_CGROUPS));
            List<String> args = strings("args", count("args", ARGS_AT, MAX_ARGS));
            List<String> env = strings("env", count("env", ENV_AT, MAX_ENV));
            if (at != length) {
                throw new IllegalArgumentException((length - at) + " bytes left over after the launch plan");
            }
            return new LaunchPlan(
                    buffer.getLong(Protocol.FRAMEWORK_ID),
                    buffer.getLong(Protocol.TASK_ID),
                    buffer.getLong(Protocol.COOKIE),
                    buffer.getInt(FLAGS_AT),
                    buffer.getInt(UID_AT),
                    buffer.getInt(GID_AT),
                    groups,
                    rlimits,
                    sandbox,
                    hostname,
                    stdoutName,
                    stderrName,
                    cgroups,
                    args,
                    env);
        }

        private int count(String field, int offset, int max) {
            int count = buffer.getInt(offset);
            if (count < 0 || count > max) {
                throw new IllegalArgumentException(field + " announces " + count + " entries: at most " + max);
            }
            return count;
        }

        private void require(String field, int bytes) {
            if (bytes > length - at) {
                throw new IllegalArgumentException(field + " is cut off");
            }
        }

        private List<Rlimit> rlimits(int count) {
            List<Rlimit> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++, at += RLIMIT_BYTES) {
                require("rlimits", RLIMIT_BYTES);
                values.add(new Rlimit(buffer.getInt(at), buffer.getLong(at + 8), buffer.getLong(at + 16)));
            }
            return values;
        }

        private List<Integer> groups(int count) {
            List<Integer> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++, at += Integer.BYTES) {
                require("groups", Integer.BYTES);
                values.add(buffer.getInt(at));
            }
            return values;
        }

        private List<String> strings(String field, int count) {
            List<String> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(string(field));
            }
            return values;
        }

        private String string(String field) {
            int end = at;
            while (end < length && buffer.getByte(end) != 0) {
                end++;
            }
            require(field, end - at + 1);
            byte[] bytes = new byte[end - at];
            buffer.getBytes(at, bytes);
            at = end + 1;
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
