package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Value;
import java.util.List;

/** A part of an expression as it was written, before names and values are looked up. Immutable. */
public sealed interface Node {
    /** A document path. */
    record Path(List<PathPart> parts) implements Node {}

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
    record Placeholder(String name) implements Node {}

    /** A value that the statement itself holds. */
    record Literal(Value value) implements Node {}

    /** A function and its arguments. */
    record Call(String function, List<Node> arguments) implements Node {}

    /** A comparison of two operands. */
    record Compare(Comparator operator, Node left, Node right) implements Node {}

    /** A test that an operand is between two others. */
    record Between(Node operand, Node low, Node high) implements Node {}

    /** A test that an operand equals one of the candidates. */
    record In(Node operand, List<Node> candidates) implements Node {}

    /** Two conditions joined by AND or OR. */
    record Logical(boolean and, Node left, Node right) implements Node {}

    /** The opposite of a condition. */
    record Not(Node condition) implements Node {}

    /** A node in parentheses. */
    record Parenthesized(Node inner) implements Node {}

    /** A sum or difference of two operands. */
    record Sum(boolean minus, Node left, Node right) implements Node {}

    /** Returns the node without the parentheses around it. */
    default Node bare() {
        Node node = this;
        while (node instanceof Parenthesized outer) {
            node = outer.inner();
        }
        return node;
    }
}
