package io.kernos.master.state;

import io.kernos.allocator.AgentInfo;
import io.kernos.allocator.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the allocator is told of agents. An agent's region and zone are its attributes of those names. */
final class AgentInfos {
    private static final String REGION = "region";
    private static final String ZONE = "zone";

    private AgentInfos() {}

    static AgentInfo of(Agent agent) {
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < agent.attributes.length; i += 2) {
            attributes.add(Attribute.text(text(agent.attributes[i]), text(agent.attributes[i + 1])));
        }
        return new AgentInfo(text(agent.hostname), valueOf(REGION, attributes), valueOf(ZONE, attributes), attributes);
    }

    private static String valueOf(String name, List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(name)) {
                return attribute.value();
            }
        }
        return "";
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
