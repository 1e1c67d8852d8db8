package io.kernos.allocator;

import java.util.List;
import java.util.Objects;

/**
 * What an agent is, apart from its resources: by this frameworks choose among agents.
 *
 * @param hostname   never null.
 * @param region     of its fault domain, or "" where it is not told.
 * @param zone       of its fault domain, or "" where it is not told.
 * @param attributes what it says of itself, in its order.
 */
public record AgentInfo(String hostname, String region, String zone, List<Attribute> attributes) {
    /** An agent of which nothing is known. */
    public static final AgentInfo UNKNOWN = new AgentInfo("", "", "", List.of());

    /** Refuses what is missing. */
    public AgentInfo {
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(zone, "zone");
        attributes = List.copyOf(attributes);
    }

    /** The first attribute of a name, or null. */
    Attribute attribute(String name) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(name)) {
                return attribute;
            }
        }
        return null;
    }
}
