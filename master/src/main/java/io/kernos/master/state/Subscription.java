package io.kernos.master.state;

import io.kernos.transport.Limits;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.SubscribeFrameworkDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a framework says about itself as it subscribes. */
final class Subscription {
    /** Longest name, role or user. */
    static final int MAX_NAME_BYTES = Limits.MAX_NAME_BYTES;

    /** The role of a framework that names none. */
    static final String DEFAULT_ROLE = "*";

    final long correlationId;
    final long frameworkId;
    final long failoverTimeoutMs;
    final int flags;
    final byte[] name;
    final byte[] user;
    final String role;
    private final boolean namesRole;

    Subscription(SubscribeFrameworkDecoder message) {
        correlationId = message.correlationId();
        frameworkId = message.frameworkId();
        failoverTimeoutMs = message.failoverTimeoutMs();
        flags = (message.flags().offers() ? Framework.FLAG_OFFERS : 0)
                | (message.flags().detached() ? Framework.FLAG_DETACHED : 0);
        name = new byte[message.nameLength()];
        message.getName(name, 0, name.length);
        byte[] roleBytes = new byte[message.roleLength()];
        message.getRole(roleBytes, 0, roleBytes.length);
        namesRole = roleBytes.length > 0;
        role = namesRole ? new String(roleBytes, StandardCharsets.UTF_8) : DEFAULT_ROLE;
        user = new byte[message.userLength()];
        message.getUser(user, 0, user.length);
    }

    /** Refuses what no framework may say; false if there is nothing to refuse. */
    boolean isRefused(Request request, StateContext context) {
        if (request.session.relay != null) {
            request.why().put("this session is a relay; subscribe a framework over one of its own");
            request.refuse(RefusalCode.WRONG_DIRECTION);
            return true;
        }
        if (frameworkId < 0) {
            request.why().put("frameworkId=").put(frameworkId).put(" must not be negative; 0 to join anew");
        } else if (failoverTimeoutMs < 0 || failoverTimeoutMs > context.maxFailoverTimeoutMs()) {
            request.why().put("failoverTimeoutMs=").put(failoverTimeoutMs).put(" must be from 0 to ");
            request.text().put(context.maxFailoverTimeoutMs());
        } else if (isBadName(name, true) || isBadName(user, false)) {
            request.why().put("name and user: at most ").put(MAX_NAME_BYTES).put(" bytes without control characters");
            request.text().put("; name must not be empty");
        } else if (isBadRole()) {
            request.why().put("role: at most ").put(MAX_NAME_BYTES).put(" bytes without blanks, '/' or control ");
            request.text().put("characters; not '.', '..', or beginning with '-'");
        } else {
            return false;
        }
        request.refuse(RefusalCode.INVALID_VALUE);
        return true;
    }

    /** Whether this session said just this before. */
    boolean isRepeatOf(Framework framework) {
        return correlationId == framework.subscribeCorrelationId && (frameworkId == 0 || frameworkId == framework.id);
    }

    /** Refuses a framework that came back as another; false if it is the same. */
    boolean isOther(Request request, Framework framework) {
        if (namesRole && !role.equals(framework.role.name)) {
            request.why()
                    .put("role: framework ")
                    .put(framework.id)
                    .put(" has another; come back with the same or none");
        } else if (user.length > 0 && !Arrays.equals(user, framework.user)) {
            request.why()
                    .put("user: framework ")
                    .put(framework.id)
                    .put(" has another; come back with the same or none");
        } else {
            return false;
        }
        request.refuse(RefusalCode.INVALID_VALUE);
        return true;
    }

    private boolean isBadRole() {
        return role.length() > MAX_NAME_BYTES
                || role.startsWith("-")
                || ".".equals(role)
                || "..".equals(role)
                || hasCharacterOfNoRole(role)
                || role.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES;
    }

    private static boolean hasCharacterOfNoRole(String role) {
        for (int i = 0; i < role.length(); i++) {
            char each = role.charAt(i);
            if (each <= ' ' || each == '/' || each == 127) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBadName(byte[] name, boolean isNeeded) {
        boolean isBad = name.length > MAX_NAME_BYTES || (isNeeded && name.length == 0);
        for (byte each : name) {
            isBad |= (each >= 0 && each < ' ') || each == 127;
        }
        return isBad;
    }
}
