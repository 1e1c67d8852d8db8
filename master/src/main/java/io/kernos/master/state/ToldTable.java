package io.kernos.master.state;

import java.util.ArrayList;
import java.util.List;

/** Which templates each agent's connection was told. */
final class ToldTable {
    private final List<Told> free = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    /** Notes that an agent is told a template; false if it was told before. */
    boolean tell(Agent agent, Template template) {
        if (agent.toldByTemplate.containsKey(template.key())) {
            return false;
        }
        Told told = free.isEmpty() ? new Told() : free.removeLast();
        told.agent = agent;
        told.template = template;
        agent.told.append(told.inAgent);
        template.told.append(told.inTemplate);
        agent.toldByTemplate.put(template.key(), told);
        size++;
        return true;
    }

    void forget(Agent agent) {
        while (!agent.told.isEmpty()) {
            forget(agent.told.first());
        }
    }

    void forget(Template template) {
        while (!template.told.isEmpty()) {
            forget(template.told.first());
        }
    }

    private void forget(Told told) {
        told.agent.toldByTemplate.remove(told.template.key());
        told.inAgent.unlink();
        told.inTemplate.unlink();
        told.agent = null;
        told.template = null;
        free.add(told);
        size--;
    }
}
