package io.kernos.allocator;

import io.kernos.allocator.AttributeConstraint.Predicate;
import io.kernos.allocator.AttributeConstraint.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random events of what agents are, and of what frameworks want them to be. */
final class RandomTraits {
    private final RandomWorld world;
    private final Random random;

    RandomTraits(RandomWorld world) {
        this.world = world;
        this.random = world.random;
    }

    void register(RandomEvents events) {
        events.add(1, this::describe);
        events.add(1, this::constrain);
        events.add(1, this::hold);
    }

    private void describe() {
        Integer agent = world.any(world.naive.agents);
        if (agent == null) {
            return;
        }
        AgentInfo info = new AgentInfo(
                "h" + random.nextInt(3), place("r"), place("z"), random.nextInt(4) == 0 ? List.of() : attributes());
        world.note("describe " + agent + " " + info);
        NaiveAgent where = world.naive.agents.get(agent);
        if (!where.info.attributes().equals(info.attributes())) {
            world.naive.frameworks.values().forEach(framework -> framework.forgetFiltersOn(agent));
            if (where.window != null) {
                where.window.asks.values().forEach(ask -> ask.filteredToMs = 0);
            }
        }
        where.info = info;
        world.allocator.agents().describe(agent, info);
    }

    private void constrain() {
        Integer framework = world.any(world.naive.frameworks);
        if (framework == null) {
            return;
        }
        OfferConstraints constraints = random.nextInt(3) == 0 ? null : constraints();
        world.note("constrain " + framework + " " + constraints);
        world.naive.frameworks.get(framework).constraints = constraints;
        world.allocator.frameworks().constrain(framework, constraints);
    }

    private void hold() {
        Integer agent = world.any(world.naive.agents);
        if (agent == null) {
            return;
        }
        AgentHold hold = AgentHold.values()[random.nextInt(AgentHold.values().length)];
        boolean isHeld = random.nextInt(4) == 0;
        world.note("hold " + agent + " " + hold + " " + isHeld);
        if (isHeld) {
            world.naive.agents.get(agent).holds.add(hold);
        } else {
            world.naive.agents.get(agent).holds.remove(hold);
        }
        world.allocator.agents().setHeld(agent, hold, isHeld);
    }

    OfferConstraints constraints() {
        List<List<AttributeConstraint>> groups = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            List<AttributeConstraint> group = new ArrayList<>();
            for (int j = random.nextInt(2); j >= 0; j--) {
                group.add(new AttributeConstraint(subject(), predicate()));
            }
            groups.add(group);
        }
        return new OfferConstraints(groups);
    }

    private Subject subject() {
        int choice = random.nextInt(6);
        return choice < Subject.Place.values().length
                ? Subject.Place.values()[choice]
                : new Subject.Named(random.nextInt(3) == 0 ? "speed" : "rack");
    }

    private Predicate predicate() {
        String value = "rzh".charAt(random.nextInt(3)) + "" + random.nextInt(3);
        LinearPattern pattern = LinearPattern.compile("[rz]" + random.nextInt(3) + "|h.");
        return switch (random.nextInt(6)) {
            case 0 -> new Predicate.Exists();
            case 1 -> new Predicate.NotExists();
            case 2 -> new Predicate.TextEquals(value);
            case 3 -> new Predicate.TextNotEquals(value);
            case 4 -> new Predicate.TextMatches(pattern);
            default -> new Predicate.TextNotMatches(pattern);
        };
    }

    private List<Attribute> attributes() {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(Attribute.text("rack", "r" + random.nextInt(2)));
        if (random.nextBoolean()) {
            attributes.add(new Attribute("speed", Attribute.Type.SCALAR, "" + random.nextInt(2)));
        }
        return attributes;
    }

    private String place(String prefix) {
        int choice = random.nextInt(3);
        return choice == 0 ? "" : prefix + choice;
    }
}
