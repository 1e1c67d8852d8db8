package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.allocator.AttributeConstraint.Predicate;
import io.kernos.allocator.AttributeConstraint.Subject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferConstraintsTest {
    private static final AgentInfo AGENT = new AgentInfo(
            "host-7",
            "eu",
            "",
            List.of(
                    Attribute.text("rack", "r1"),
                    Attribute.text("rack", "r2"),
                    new Attribute("speed", Attribute.Type.SCALAR, "3")));

    @Test
    void shouldLookAtTheFirstAttributeOfAName() {
        assertMet(true, named("rack"), new Predicate.TextEquals("r1"));
        assertMet(false, named("rack"), new Predicate.TextEquals("r2"));
        assertMet(false, named("rack"), new Predicate.TextNotEquals("r1"));
        assertMet(true, named("rack"), new Predicate.TextMatches(LinearPattern.compile("r[0-9]")));
        assertMet(false, named("rack"), new Predicate.TextNotMatches(LinearPattern.compile("r[0-9]")));
    }

    @Test
    void shouldHoldForWhatIsNotThereOnlyWhereNothingIsAskedFor() {
        assertMet(false, named("disk"), new Predicate.Exists());
        assertMet(true, named("disk"), new Predicate.NotExists());
        assertMet(false, named("disk"), new Predicate.TextEquals("r1"));
        assertMet(true, named("disk"), new Predicate.TextNotEquals("r1"));
        assertMet(false, named("disk"), new Predicate.TextMatches(LinearPattern.compile(".*")));
        assertMet(true, named("disk"), new Predicate.TextNotMatches(LinearPattern.compile(".*")));
    }

    @Test
    void shouldHoldForValuesThatAreNotText() {
        assertMet(true, named("speed"), new Predicate.Exists());
        assertMet(false, named("speed"), new Predicate.NotExists());
        assertMet(true, named("speed"), new Predicate.TextEquals("4"));
        assertMet(true, named("speed"), new Predicate.TextNotEquals("3"));
        assertMet(true, named("speed"), new Predicate.TextMatches(LinearPattern.compile("4")));
        assertMet(true, named("speed"), new Predicate.TextNotMatches(LinearPattern.compile("3")));
    }

    @Test
    void shouldKnowTheHostAndTheDomainOfAnAgent() {
        assertMet(true, Subject.Place.HOSTNAME, new Predicate.TextEquals("host-7"));
        assertMet(true, Subject.Place.REGION, new Predicate.Exists());
        assertMet(true, Subject.Place.ZONE, new Predicate.NotExists());
        assertMet(false, Subject.Place.ZONE, new Predicate.TextEquals("a"));
    }

    @Test
    void shouldAdmitWhenAllOfOneGroupIsMet() {
        AttributeConstraint met = new AttributeConstraint(named("rack"), new Predicate.Exists());
        AttributeConstraint unmet = new AttributeConstraint(named("rack"), new Predicate.NotExists());
        assertTrue(OfferConstraints.all(met, met).admit(AGENT));
        assertFalse(OfferConstraints.all(met, unmet).admit(AGENT));
        assertTrue(new OfferConstraints(List.of(List.of(unmet), List.of(met))).admit(AGENT));
        assertFalse(new OfferConstraints(List.of(List.of(unmet), List.of(unmet, met))).admit(AGENT));
    }

    @Test
    void shouldRefuseWhatIsEmptyOrTooMuch() {
        AttributeConstraint constraint = new AttributeConstraint(named("rack"), new Predicate.Exists());
        assertThrows(IllegalArgumentException.class, () -> new OfferConstraints(List.of()));
        assertThrows(IllegalArgumentException.class, OfferConstraints::all);
        List<AttributeConstraint> many = Collections.nCopies(1_001, constraint);
        assertThrows(IllegalArgumentException.class, () -> new OfferConstraints(List.of(many)));
    }

    private static void assertMet(boolean expected, Subject subject, Predicate predicate) {
        assertEquals(expected, new AttributeConstraint(subject, predicate).isMetBy(AGENT));
    }

    private static Subject named(String name) {
        return new Subject.Named(name);
    }
}
