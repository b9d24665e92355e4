package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Comparator;
import dev.ingestkit.local.table.expression.Node;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the condition of a WHERE clause to nodes, as expressions have them. */
final class WhereReader {
    private static final Set<String> FUNCTIONS =
            Set.of("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("NULL", "NULL"),
            Map.entry("BOOL", "BOOL"),
            Map.entry("BOOLEAN", "BOOL"),
            Map.entry("STRING", "S"),
            Map.entry("INT", "N"),
            Map.entry("INTEGER", "N"),
            Map.entry("DECIMAL", "N"),
            Map.entry("NUMERIC", "N"),
            Map.entry("FLOAT", "N"),
            Map.entry("BLOB", "B"),
            Map.entry("LIST", "L"),
            Map.entry("STRUCT", "M"),
            Map.entry("TUPLE", "M"));

    private final Tokens tokens;
    private final OperandReader operands;

    WhereReader(Tokens tokens) {
        this.tokens = tokens;
        this.operands = new OperandReader(tokens, FUNCTIONS);
    }

    Node condition() {
        return requireCondition(alternatives());
    }

    /** Reads a condition or, where nothing follows it that makes it one, an operand. */
    private Node alternatives() {
        Node left = conjunction();
        while (tokens.acceptWord("OR")) {
            requireOperand();
            left = new Node.Logical(false, requireCondition(left), requireCondition(conjunction()));
        }
        return left;
    }

    private Node conjunction() {
        Node left = negation();
        while (tokens.acceptWord("AND")) {
            requireOperand();
            left = new Node.Logical(true, requireCondition(left), requireCondition(negation()));
        }
        return left;
    }

    private void requireOperand() {
        if (tokens.isEnd()) {
            throw Malformed.statement(Malformed.MISSING_OPERAND);
        }
    }

    private Node negation() {
        if (!tokens.acceptWord("NOT")) {
            return comparison();
        }
        tokens.enter();
        Node not = new Node.Not(requireCondition(negation()));
        tokens.leave();
        return not;
    }

    private static Node requireCondition(Node node) {
        if (isCondition(node)) {
            return node;
        }
        throw TableException.validation(
                "Unsupported operation: " + node.bare().getClass().getSimpleName());
    }

    private static boolean isCondition(Node node) {
        Node bare = node.bare();
        return bare.isCondition()
                || (bare instanceof Node.Call call && !call.function().equals("size"));
    }

    private Node comparison() {
        Node left = primary();
        String symbol = tokens.peek().is("!=") ? "<>" : tokens.peek().text();
        Comparator comparator = tokens.peek().kind() == StatementToken.Kind.SYMBOL ? Comparator.of(symbol) : null;
        if (comparator != null) {
            tokens.next();
            requireOperand();
            return compared(comparator, left, primary());
        }
        if (tokens.acceptWord("IS")) {
            return is(left);
        }
        int mark = tokens.mark();
        boolean not = tokens.acceptWord("NOT");
        Node test = test(left);
        if (test == null) {
            tokens.rewind(mark);
            return left;
        }
        return not ? new Node.Not(test) : test;
    }

    private @Nullable Node test(Node left) {
        if (tokens.acceptWord("BETWEEN")) {
            Node low = primary();
            if (!tokens.acceptWord("AND")) {
                throw Malformed.statement("Expected AND");
            }
            return new Node.Between(left, low, primary());
        }
        return tokens.acceptWord("IN") ? new Node.In(left, candidates()) : null;
    }

    /** Returns the comparison; a condition may be compared with true or false. */
    private static Node compared(Comparator comparator, Node left, Node right) {
        if (!isCondition(left) && !isCondition(right)) {
            return new Node.Compare(comparator, left, right);
        }
        Node condition = isCondition(left) ? left : right;
        Node other = condition == left ? right : left;
        if ((comparator != Comparator.EQUAL && comparator != Comparator.NOT_EQUAL)
                || !(other.bare() instanceof Node.Literal literal)
                || literal.value().type() != ValueType.BOOL) {
            throw TableException.validation("Incorrect operand type for operator or function; operator or function: "
                    + comparator.symbol() + ", operand type: BOOL");
        }
        boolean same = literal.value().bool() == (comparator == Comparator.EQUAL);
        return same ? condition : new Node.Not(condition);
    }

    private List<Node> candidates() {
        boolean brackets = tokens.accept("[");
        if (!brackets && !tokens.accept("(")) {
            throw Malformed.statement(Malformed.UNEXPECTED_TERM);
        }
        String end = brackets ? "]" : ")";
        List<Node> candidates = new ArrayList<>();
        do {
            candidates.add(operands.operand());
        } while (tokens.accept(","));
        if (!tokens.accept(end)) {
            throw Malformed.statement(brackets ? "Expected RIGHT_BRACKET" : "Expected RIGHT_PAREN");
        }
        return List.copyOf(candidates);
    }

    private Node is(Node left) {
        boolean not = tokens.acceptWord("NOT");
        Node test;
        if (tokens.acceptWord("MISSING")) {
            test = new Node.Call("attribute_not_exists", List.of(left));
        } else {
            String word = tokens.peek().kind() == StatementToken.Kind.WORD
                    ? tokens.next().text().toUpperCase(Locale.ROOT)
                    : "";
            String type = TYPES.get(word);
            if (type == null) {
                throw Malformed.statement("Expected type name");
            }
            test = new Node.Call("attribute_type", List.of(left, new Node.Literal(Value.of(type))));
        }
        return not ? new Node.Not(test) : test;
    }

    private Node primary() {
        if (!tokens.accept("(")) {
            return operands.operand();
        }
        tokens.enter();
        Node inner = alternatives();
        tokens.leave();
        if (!tokens.accept(")")) {
            throw Malformed.statement("Expected RIGHT_PAREN");
        }
        return inner;
    }
}
