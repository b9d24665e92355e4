package dev.ingestkit.local.table.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a condition, filter or key condition expression. A parenthesis holds a condition or an operand. */
final class ConditionParser extends ExpressionParser {
    private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "IN", "BETWEEN");

    ConditionParser(ExpressionKind kind, String text) {
        super(kind, text, KEYWORDS);
    }

    /** Returns the whole expression. */
    Node parse() {
        Node condition = disjunction(false);
        expectEnd();
        return condition;
    }

    /** Reads alternatives; in parentheses ({@code nested}) a single operand will do. */
    private Node disjunction(boolean nested) {
        Node left = conjunction(nested);
        while (acceptWord("OR")) {
            operator();
            left = new Node.Logical(false, left, conjunction(false));
        }
        return left;
    }

    private Node conjunction(boolean nested) {
        Node left = negation(nested);
        while (acceptWord("AND")) {
            operator();
            left = new Node.Logical(true, left, negation(false));
        }
        return left;
    }

    private Node negation(boolean nested) {
        if (!acceptWord("NOT")) {
            return comparison(nested);
        }
        operator();
        return new Node.Not(negation(false));
    }

    private Node comparison(boolean nested) {
        Node left = peek().is("(") ? parenthesis() : simpleOperand();
        if (left.isCondition()) {
            return left;
        }
        Comparator operator = Comparator.of(peek().text());
        if (operator != null) {
            next();
            operator();
            return new Node.Compare(operator, left, operand());
        }
        if (acceptWord("BETWEEN")) {
            return between(left);
        }
        if (acceptWord("IN")) {
            return in(left);
        }
        if (left.bare() instanceof Node.Call || (nested && peek().is(")"))) {
            return left;
        }
        throw syntaxError();
    }

    private Node between(Node operand) {
        operator();
        Node low = operand();
        if (!acceptWord("AND")) {
            throw syntaxError();
        }
        return new Node.Between(operand, low, operand());
    }

    private Node in(Node operand) {
        operator();
        expect("(");
        List<Node> candidates = new ArrayList<>();
        do {
            candidates.add(operand());
        } while (accept(","));
        expect(")");
        return new Node.In(operand, List.copyOf(candidates));
    }

    private Node parenthesis() {
        enter();
        expect("(");
        Node inner = disjunction(true);
        expect(")");
        leave();
        return continued(parenthesized(inner));
    }

    @Override
    Node operand() {
        if (!peek().is("(")) {
            return simpleOperand();
        }
        enter();
        expect("(");
        Node inner = operand();
        expect(")");
        leave();
        return continued(parenthesized(inner));
    }

    /** Returns the node with the steps of a path that follow a path in parentheses. */
    private Node continued(Node node) {
        if ((peek().is(".") || peek().is("[")) && node.bare() instanceof Node.Path path) {
            return new Node.Path(steps(new ArrayList<>(path.parts())));
        }
        return node;
    }
}
