package io.kernos.allocator;

import java.util.Objects;

/**
 * A condition on one thing that is known of an agent.
 *
 * @param subject   what is looked at.
 * @param predicate what must hold of it.
 */
public record AttributeConstraint(Subject subject, Predicate predicate) {
    /** What of an agent a constraint looks at. */
    public sealed interface Subject {
        /**
         * An attribute.
         *
         * @param name of the attribute.
         */
        record Named(String name) implements Subject {
            /** Refuses what is missing. */
            public Named {
                Objects.requireNonNull(name, "name");
            }
        }

        /** Where the agent is. */
        enum Place implements Subject {
            /** The name of its machine. */
            HOSTNAME,
            /** The region of its fault domain. */
            REGION,
            /** The zone of its fault domain. */
            ZONE
        }
    }

    /** What must hold. Of values that are not text only existence is looked at: the other predicates hold for them. */
    public sealed interface Predicate {
        /** There is a value. */
        record Exists() implements Predicate {}

        /** There is no value. */
        record NotExists() implements Predicate {}

        /**
         * There is a value, and it is this.
         *
         * @param text the value.
         */
        record TextEquals(String text) implements Predicate {
            /** Refuses what is missing. */
            public TextEquals {
                Objects.requireNonNull(text, "text");
            }
        }

        /**
         * There is no value, or another.
         *
         * @param text the value.
         */
        record TextNotEquals(String text) implements Predicate {
            /** Refuses what is missing. */
            public TextNotEquals {
                Objects.requireNonNull(text, "text");
            }
        }

        /**
         * There is a value, and all of it matches.
         *
         * @param pattern to match.
         */
        record TextMatches(LinearPattern pattern) implements Predicate {
            /** Refuses what is missing. */
            public TextMatches {
                Objects.requireNonNull(pattern, "pattern");
            }
        }

        /**
         * There is no value, or it does not match as a whole.
         *
         * @param pattern not to match.
         */
        record TextNotMatches(LinearPattern pattern) implements Predicate {
            /** Refuses what is missing. */
            public TextNotMatches {
                Objects.requireNonNull(pattern, "pattern");
            }
        }
    }

    /** Refuses what is missing. */
    public AttributeConstraint {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(predicate, "predicate");
    }

    /**
     * Whether an agent meets the constraint. Takes time in proportion to what is known of the agent, times the length
     * of a pattern.
     *
     * @param agent what is known of the agent.
     * @return true if it does.
     */
    public boolean isMetBy(AgentInfo agent) {
        return switch (subject) {
            case Subject.Named named -> isMetBy(agent.attribute(named.name()));
            case Subject.Place place -> isMetBy(valueOf(place, agent));
        };
    }

    private boolean isMetBy(Attribute attribute) {
        if (attribute == null) {
            return isMetByNothing();
        }
        if (attribute.type() == Attribute.Type.TEXT) {
            return isMetByText(attribute.value());
        }
        return !(predicate instanceof Predicate.NotExists);
    }

    private boolean isMetBy(String place) {
        return place.isEmpty() ? isMetByNothing() : isMetByText(place);
    }

    private boolean isMetByNothing() {
        return switch (predicate) {
            case Predicate.NotExists _, Predicate.TextNotEquals _, Predicate.TextNotMatches _ -> true;
            case Predicate.Exists _, Predicate.TextEquals _, Predicate.TextMatches _ -> false;
        };
    }

    private boolean isMetByText(String text) {
        return switch (predicate) {
            case Predicate.Exists _ -> true;
            case Predicate.NotExists _ -> false;
            case Predicate.TextEquals equal -> text.equals(equal.text());
            case Predicate.TextNotEquals unequal -> !text.equals(unequal.text());
            case Predicate.TextMatches match -> match.pattern().matches(text);
            case Predicate.TextNotMatches mismatch -> !mismatch.pattern().matches(text);
        };
    }

    private static String valueOf(Subject.Place place, AgentInfo agent) {
        return switch (place) {
            case HOSTNAME -> agent.hostname();
            case REGION -> agent.region();
            case ZONE -> agent.zone();
        };
    }
}
