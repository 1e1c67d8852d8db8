package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {
    private static final int PATTERNS = 3_000;
    private static final int TEXTS = 20;
    private static final int DEPTH = 3;
    private static final String[] ATOMS = {"a", "b", ".", "[ab]", "[^a]", "\\d", "[b-d]"};
    private static final String[] EDGES = {"^", "$", "()", ""};
    private static final String[] REPEATS = {"*", "+", "?", "{2}", "{0,2}", "{1,}"};

    @ParameterizedTest
    @CsvSource({
        "rack-\\d+, rack-17",
        "(eu|us)-[a-z]+-\\d, eu-west-1",
        "[^x]*, abc",
        "'a{2,3}b?', aaab",
        "^abc$, abc",
        "'\\w+\\.\\w{2,}', host_1.example",
        "(?:ab)+, abab",
        "a|b|c|, c",
        "Ö., Öß"
    })
    void shouldMatchWhenAllOfTheTextDoes(String pattern, String text) {
        assertTrue(LinearPattern.compile(pattern).matches(text));
    }

    @Test
    void shouldNotMatchWhenOnlyAPartOfTheTextDoes() {
        assertFalse(LinearPattern.compile("rack").matches("rack-1"));
        assertFalse(LinearPattern.compile("rack").matches("a rack"));
        assertFalse(LinearPattern.compile("a{2}").matches("aaa"));
        assertFalse(LinearPattern.compile("").matches("a"));
        assertTrue(LinearPattern.compile("").matches(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "[",
                "[a",
                "*a",
                "a**",
                "a{",
                "a{x}",
                "a{3,2}",
                "a{9999}",
                "\\",
                "\\q",
                "(?=a)",
                "(?i)a",
                "[[:alpha:]]",
                "[\\D]",
                "[z-a]",
                "\\1"
            })
    void shouldSayWhereAPatternIsWrong(String pattern) {
        Throwable thrown = assertThrows(IllegalArgumentException.class, () -> LinearPattern.compile(pattern));
        assertTrue(thrown.getMessage().startsWith("pattern=" + pattern + " at character "), thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"((a{100}){100}){100}", "((){1000}){1000}", "(a{0,1000}){2}"})
    void shouldRefuseAPatternWhenItIsTooLarge(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> LinearPattern.compile(pattern));
    }

    @Test
    void shouldRefuseAPatternWhenItIsTooLongOrTooDeep() {
        assertThrows(IllegalArgumentException.class, () -> LinearPattern.compile("a".repeat(1_025)));
        assertThrows(IllegalArgumentException.class, () -> LinearPattern.compile("(".repeat(51) + ")".repeat(51)));
    }

    @Test
    void shouldTakeLinearTimeWhenBacktrackingWouldNot() {
        assertFalse(LinearPattern.compile("(a*)*(a|aa)+b").matches("a".repeat(10_000)));
    }

    @Test
    void shouldMatchAsTheLibraryDoesWhenPatternsAreRandom() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        for (int i = 0; i < PATTERNS; i++) {
            String pattern = pattern(random, DEPTH);
            LinearPattern ours = LinearPattern.compile(pattern);
            Pattern theirs = Pattern.compile(pattern);
            for (int j = 0; j < TEXTS; j++) {
                String text = text(random);
                assertEquals(
                        theirs.matcher(text).matches(),
                        ours.matches(text),
                        "seed " + seed + " " + pattern + " " + text);
            }
        }
    }

    private static String pattern(Random random, int depth) {
        StringBuilder pattern = new StringBuilder();
        // The library loses matches where what may be empty is repeated, so edges are not.
        pattern.append(depth == DEPTH ? EDGES[random.nextInt(EDGES.length)] : "");
        for (int parts = random.nextInt(4); parts >= 0; parts--) {
            boolean isGroup = depth > 0 && random.nextInt(3) == 0;
            pattern.append(isGroup ? "(" + pattern(random, depth - 1) + ")" : ATOMS[random.nextInt(ATOMS.length)]);
            if (random.nextInt(3) == 0) {
                pattern.append(REPEATS[random.nextInt(REPEATS.length)]);
            }
            if (parts > 0 && random.nextInt(4) == 0) {
                pattern.append('|');
            }
        }
        return pattern.toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(7); length > 0; length--) {
            text.append("abcd1".charAt(random.nextInt(5)));
        }
        return text.toString();
    }
}
