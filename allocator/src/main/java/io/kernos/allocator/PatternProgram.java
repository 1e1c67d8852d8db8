package io.kernos.allocator;

/** A compiled pattern: steps of a machine that is in many places at once. */
final class PatternProgram {
    static final int MAX_STEPS = 1_000;

    /** What a step does. */
    enum Operation {
        /** Takes one character of a set, and goes on. */
        TAKE,
        /** Goes on in two places. */
        FORK,
        /** Goes on at the start of the text only. */
        AT_START,
        /** Goes on at the end of the text only. */
        AT_END,
        /** All matched, if nothing is left. */
        DONE
    }

    private final String pattern;
    private final int start;
    private Operation[] operations = new Operation[0];
    private PatternNode.Characters[] sets = new PatternNode.Characters[0];
    private int[] next = new int[0];
    private int[] other = new int[0];
    private int size;

    PatternProgram(String pattern, PatternNode node) {
        this.pattern = pattern;
        this.start = compile(node, add(Operation.DONE, null, 0, 0));
    }

    int size() {
        return size;
    }

    int start() {
        return start;
    }

    Operation operation(int step) {
        return operations[step];
    }

    PatternNode.Characters set(int step) {
        return sets[step];
    }

    int next(int step) {
        return next[step];
    }

    int other(int step) {
        return other[step];
    }

    /** Adds what matches a node and then goes on at a step; returns where it begins. */
    private int compile(PatternNode node, int then) {
        return switch (node) {
            case PatternNode.Characters characters -> add(Operation.TAKE, characters, then, then);
            case PatternNode.Edge edge ->
                add(edge == PatternNode.Edge.START ? Operation.AT_START : Operation.AT_END, null, then, then);
            case PatternNode.Sequence sequence -> compile(sequence, then);
            case PatternNode.Choice choice -> compile(choice, then);
            case PatternNode.Repeat repeat -> compile(repeat, then);
        };
    }

    private int compile(PatternNode.Sequence sequence, int then) {
        if (sequence.parts().isEmpty()) {
            // A step of its own, so that repeats of nothing count against the limit too.
            return add(Operation.FORK, null, then, then);
        }
        int at = then;
        for (PatternNode part : sequence.parts().reversed()) {
            at = compile(part, at);
        }
        return at;
    }

    private int compile(PatternNode.Choice choice, int then) {
        int at = compile(choice.branches().getLast(), then);
        for (int branch = choice.branches().size() - 2; branch >= 0; branch--) {
            at = add(Operation.FORK, null, compile(choice.branches().get(branch), then), at);
        }
        return at;
    }

    private int compile(PatternNode.Repeat repeat, int then) {
        int at = then;
        if (repeat.most() == PatternNode.Repeat.UNBOUNDED) {
            int loop = add(Operation.FORK, null, then, then);
            // Before the column is named: compiling may have replaced it by a longer one.
            int body = compile(repeat.part(), loop);
            next[loop] = body;
            at = loop;
        }
        for (int i = repeat.least(); i < repeat.most(); i++) {
            at = add(Operation.FORK, null, compile(repeat.part(), at), then);
        }
        for (int i = 0; i < repeat.least(); i++) {
            at = compile(repeat.part(), at);
        }
        return at;
    }

    private int add(Operation operation, PatternNode.Characters set, int then, int orThen) {
        if (size == MAX_STEPS) {
            throw new IllegalArgumentException(
                    "pattern=" + pattern + " must not need more than " + MAX_STEPS + " steps; make it simpler");
        }
        operations = Columns.grow(operations, size + 1);
        sets = Columns.grow(sets, size + 1);
        next = Columns.grow(next, size + 1);
        other = Columns.grow(other, size + 1);
        operations[size] = operation;
        sets[size] = set;
        next[size] = then;
        other[size] = orThen;
        return size++;
    }
}
