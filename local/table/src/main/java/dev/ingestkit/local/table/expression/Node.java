package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Value;
import java.util.List;

/** A part of an expression as it was written, before names and values are looked up. Immutable. */
public sealed interface Node {
    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** The kinds of nodes. */
    enum Kind {
        PATH,
        PLACEHOLDER,
        LITERAL,
        CALL,
        COMPARE,
        BETWEEN,
        IN,
        LOGICAL,
        NOT,
        PARENTHESIZED,
        SUM
    }

    /** A document path. */
    record Path(List<PathPart> parts) implements Node {
        @Override
        public Kind kind() {
            return Kind.PATH;
        }
    }

    /**
     * A step of a document path: a name, an alias of a name ({@code #n}) or the digits of a list index.
     *
     * @param quoted whether the name was quoted, so that no word is reserved
     */
    record PathPart(String text, Step step, boolean quoted) {}

    /** The steps of a document path. */
    enum Step {
        NAME,
        ALIAS,
        INDEX
    }

    /** A value's placeholder. */
    record Placeholder(String name) implements Node {
        @Override
        public Kind kind() {
            return Kind.PLACEHOLDER;
        }
    }

    /** A value that the statement itself holds. */
    record Literal(Value value) implements Node {
        @Override
        public Kind kind() {
            return Kind.LITERAL;
        }
    }

    /** A function and its arguments. */
    record Call(String function, List<Node> arguments) implements Node {
        @Override
        public Kind kind() {
            return Kind.CALL;
        }
    }

    /** A comparison of two operands. */
    record Compare(Comparator operator, Node left, Node right) implements Node {
        @Override
        public Kind kind() {
            return Kind.COMPARE;
        }
    }

    /** A test that an operand is between two others. */
    record Between(Node operand, Node low, Node high) implements Node {
        @Override
        public Kind kind() {
            return Kind.BETWEEN;
        }
    }

    /** A test that an operand equals one of the candidates. */
    record In(Node operand, List<Node> candidates) implements Node {
        @Override
        public Kind kind() {
            return Kind.IN;
        }
    }

    /** Two conditions joined by AND or OR. */
    record Logical(boolean and, Node left, Node right) implements Node {
        @Override
        public Kind kind() {
            return Kind.LOGICAL;
        }
    }

    /** The opposite of a condition. */
    record Not(Node condition) implements Node {
        @Override
        public Kind kind() {
            return Kind.NOT;
        }
    }

    /** A node in parentheses. */
    record Parenthesized(Node inner) implements Node {
        @Override
        public Kind kind() {
            return Kind.PARENTHESIZED;
        }
    }

    /** A sum or difference of two operands. */
    record Sum(boolean minus, Node left, Node right) implements Node {
        @Override
        public Kind kind() {
            return Kind.SUM;
        }
    }

    /** Returns whether the node, without its parentheses, combines or compares others: a condition, except for a call. */
    default boolean isCondition() {
        return switch (bare().kind()) {
            case LOGICAL, NOT, COMPARE, BETWEEN, IN -> true;
            case PATH, PLACEHOLDER, LITERAL, CALL, SUM, PARENTHESIZED -> false;
        };
    }

    /** Returns the node without the parentheses around it. */
    default Node bare() {
        Node node = this;
        while (node instanceof Parenthesized outer) {
            node = outer.inner();
        }
        return node;
    }
}
