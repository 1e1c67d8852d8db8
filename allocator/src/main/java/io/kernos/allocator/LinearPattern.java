package io.kernos.allocator;

import java.util.Objects;

/**
 * A regular expression of which a match takes time in proportion to the length of the text, whatever the pattern: it
 * comes from frameworks, and a master must not be kept busy by one.
 *
 * <p>It knows characters, {@code .}, sets such as {@code [a-z_]} and {@code [^0-9]}, {@code \d \w \s} and their
 * opposites, groups, {@code |}, {@code * + ?} and {@code {2,5}}, {@code ^} and {@code $}. There are no references to
 * groups, and nothing that looks around.
 *
 * <p>Equal patterns are equal. Not thread safe.
 */
public final class LinearPattern {
    /** The longest pattern, in characters. */
    public static final int MAX_LENGTH = 1_024;

    private final String pattern;
    private final PatternProgram program;
    private final IndexSet now = new IndexSet();
    private final IndexSet then = new IndexSet();
    private final int[] stack;

    private LinearPattern(String pattern, PatternProgram program) {
        this.pattern = pattern;
        this.program = program;
        this.stack = new int[2 * program.size() + 1];
    }

    /**
     * Compiles a pattern.
     *
     * @param pattern at most {@link #MAX_LENGTH} characters.
     * @return the compiled pattern.
     * @throws IllegalArgumentException if it is malformed or too large, which says where and why.
     */
    public static LinearPattern compile(String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        if (pattern.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "pattern of " + pattern.length() + " characters must be at most " + MAX_LENGTH + " long");
        }
        return new LinearPattern(pattern, new PatternProgram(pattern, new PatternParser(pattern).parse()));
    }

    /**
     * Whether all of a text matches.
     *
     * @param text to match.
     * @return true if it does, from its start to its end.
     */
    public boolean matches(String text) {
        now.clear();
        enter(program.start(), now, true, text.isEmpty());
        int at = 0;
        while (at < text.length() && !now.isEmpty()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            take(character, at == text.length());
        }
        return at == text.length() && isDone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinearPattern that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }

    private void take(int character, boolean isAtEnd) {
        then.clear();
        for (int step = now.next(0); step >= 0; step = now.next(step + 1)) {
            if (program.operation(step) == PatternProgram.Operation.TAKE
                    && program.set(step).contains(character)) {
                enter(program.next(step), then, false, isAtEnd);
            }
        }
        now.clear();
        now.addAll(then);
    }

    /** Enters a step, and all that it leads to without taking a character. */
    private void enter(int first, IndexSet steps, boolean isAtStart, boolean isAtEnd) {
        int height = 0;
        stack[height++] = first;
        while (height > 0) {
            int step = stack[--height];
            if (!steps.add(step)) {
                continue;
            }
            switch (program.operation(step)) {
                case FORK -> {
                    stack[height++] = program.other(step);
                    stack[height++] = program.next(step);
                }
                case AT_START -> height = push(program.next(step), height, isAtStart);
                case AT_END -> height = push(program.next(step), height, isAtEnd);
                case TAKE, DONE -> {
                    // Waits for a character, or for the end of the text.
                }
            }
        }
    }

    private int push(int step, int height, boolean isOpen) {
        if (isOpen) {
            stack[height] = step;
            return height + 1;
        }
        return height;
    }

    private boolean isDone() {
        for (int step = now.next(0); step >= 0; step = now.next(step + 1)) {
            if (program.operation(step) == PatternProgram.Operation.DONE) {
                return true;
            }
        }
        return false;
    }
}
