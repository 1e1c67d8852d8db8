package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a pattern: alternation, then sequence, then repetition, then what is repeated. */
final class PatternParser {
    private static final int END_OF_PATTERN = -1;
    private static final int MOST_REPEATS = 1_000;
    private static final int MOST_DEPTH = 50;
    private static final String META = "\\.+*?()|[]{}^$";
    private static final int[] DIGITS = {'0', '9'};
    private static final int[] WORDS = {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'};
    private static final int[] SPACES = {'\t', '\n', '\f', '\r', ' ', ' '};
    private static final int[] LINE_END = {'\n', '\n'};

    private final String pattern;
    private final int[] characters;
    private int at;
    private int depth;

    PatternParser(String pattern) {
        this.pattern = pattern;
        this.characters = charactersOf(pattern);
    }

    private static int[] charactersOf(String text) {
        int[] characters = new int[text.codePointCount(0, text.length())];
        for (int at = 0, i = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            characters[i++] = text.codePointAt(at);
        }
        return characters;
    }

    PatternNode parse() {
        PatternNode whole = choice();
        if (peek() == ')') {
            throw error("a ) closes no group; write \\) for the character");
        }
        return whole;
    }

    private PatternNode choice() {
        List<PatternNode> branches = new ArrayList<>();
        branches.add(sequence());
        while (accept('|')) {
            branches.add(sequence());
        }
        return branches.size() == 1 ? branches.getFirst() : new PatternNode.Choice(List.copyOf(branches));
    }

    private PatternNode sequence() {
        List<PatternNode> parts = new ArrayList<>();
        while (peek() != END_OF_PATTERN && peek() != '|' && peek() != ')') {
            parts.add(repetition());
        }
        return parts.size() == 1 ? parts.getFirst() : new PatternNode.Sequence(List.copyOf(parts));
    }

    private PatternNode repetition() {
        PatternNode part = atom();
        if (accept('*')) {
            part = new PatternNode.Repeat(part, 0, PatternNode.Repeat.UNBOUNDED);
        } else if (accept('+')) {
            part = new PatternNode.Repeat(part, 1, PatternNode.Repeat.UNBOUNDED);
        } else if (accept('?')) {
            part = new PatternNode.Repeat(part, 0, 1);
        } else if (accept('{')) {
            part = counted(part);
        } else {
            return part;
        }
        // Whether a repetition takes as much or as little as it can makes no difference where all must match.
        accept('?');
        if (peek() == '*' || peek() == '+' || peek() == '?' || peek() == '{') {
            throw error("a repetition of a repetition needs a group around the inner one");
        }
        return part;
    }

    private PatternNode counted(PatternNode part) {
        int least = number();
        int most = least;
        if (accept(',')) {
            most = peek() == '}' ? PatternNode.Repeat.UNBOUNDED : number();
        }
        expect('}', "a repetition is written {2}, {2,} or {2,5}");
        if (most != PatternNode.Repeat.UNBOUNDED && most < least) {
            throw error("a repetition must not have less at most than at least");
        }
        return new PatternNode.Repeat(part, least, most);
    }

    private PatternNode atom() {
        int character = next();
        return switch (character) {
            case '(' -> group();
            case '[' -> set();
            case '.' -> new PatternNode.Characters(LINE_END, true);
            case '^' -> PatternNode.Edge.START;
            case '$' -> PatternNode.Edge.END;
            case '\\' -> escaped();
            case '*', '+', '?', '{' -> throw error("a repetition must follow what it repeats");
            default -> only(character);
        };
    }

    private PatternNode group() {
        if (++depth > MOST_DEPTH) {
            throw error("groups must not be nested deeper than " + MOST_DEPTH);
        }
        if (accept('?')) {
            expect(':', "of groups that begin with ? only (?: is known");
        }
        PatternNode inner = choice();
        expect(')', "a group must be closed");
        depth--;
        return inner;
    }

    private PatternNode set() {
        boolean isNegated = accept('^');
        List<int[]> pairs = new ArrayList<>();
        do {
            int[] first = member();
            if (peek() == '-' && characterAt(at + 1) != ']' && characterAt(at + 1) != END_OF_PATTERN) {
                at++;
                pairs.add(interval(first, member()));
            } else {
                pairs.add(first);
            }
        } while (peek() != ']');
        at++;
        return new PatternNode.Characters(joined(pairs), isNegated);
    }

    private static int[] joined(List<int[]> parts) {
        int[] whole = new int[0];
        for (int[] part : parts) {
            int before = whole.length;
            whole = Arrays.copyOf(whole, before + part.length);
            System.arraycopy(part, 0, whole, before, part.length);
        }
        return whole;
    }

    private int[] interval(int[] first, int[] last) {
        boolean isSingle = first.length == 2 && last.length == 2 && first[0] == first[1] && last[0] == last[1];
        if (!isSingle || last[0] < first[0]) {
            throw error("an interval of characters must go from a lower to a higher one");
        }
        return new int[] {first[0], last[0]};
    }

    private int[] member() {
        int character = next();
        if (character == '[' && peek() == ':') {
            throw error("named classes such as [:alpha:] are not known; write the intervals");
        }
        if (character != '\\') {
            return new int[] {character, character};
        }
        PatternNode.Characters escaped = escaped();
        if (escaped.isNegated()) {
            throw error("\\D, \\W and \\S are not known in a set");
        }
        return escaped.pairs();
    }

    private PatternNode.Characters escaped() {
        int character = next();
        return switch (character) {
            case 'd' -> new PatternNode.Characters(DIGITS, false);
            case 'D' -> new PatternNode.Characters(DIGITS, true);
            case 'w' -> new PatternNode.Characters(WORDS, false);
            case 'W' -> new PatternNode.Characters(WORDS, true);
            case 's' -> new PatternNode.Characters(SPACES, false);
            case 'S' -> new PatternNode.Characters(SPACES, true);
            case 'n' -> only('\n');
            case 't' -> only('\t');
            case 'r' -> only('\r');
            default -> literal(character);
        };
    }

    private PatternNode.Characters literal(int character) {
        if (META.indexOf(character) < 0 && (Character.isLetterOrDigit(character) || character > '~')) {
            throw error("\\" + Character.toString(character) + " is not known");
        }
        return only(character);
    }

    private static PatternNode.Characters only(int character) {
        return new PatternNode.Characters(new int[] {character, character}, false);
    }

    private int number() {
        int number = 0;
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            number = number * 10 + next() - '0';
            if (number > MOST_REPEATS) {
                throw error("a repetition must be at most " + MOST_REPEATS);
            }
        }
        if (at == start) {
            throw error("a number must follow; write \\{ for the character");
        }
        return number;
    }

    private int peek() {
        return characterAt(at);
    }

    private int characterAt(int index) {
        return index < characters.length ? characters[index] : END_OF_PATTERN;
    }

    private int next() {
        int character = peek();
        if (character == END_OF_PATTERN) {
            throw error("it must not end here");
        }
        at++;
        return character;
    }

    private boolean accept(int character) {
        if (peek() != character) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(int character, String rule) {
        if (!accept(character)) {
            throw error(rule);
        }
    }

    private IllegalArgumentException error(String rule) {
        return new IllegalArgumentException("pattern=" + pattern + " at character " + at + ": " + rule);
    }
}
