package dev.ingestkit.local.table.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an update expression: its clauses in the order in which they were written. */
final class UpdateParser extends ExpressionParser {
    /** A clause and its actions. */
    record Clause(Kind kind, List<Action> actions) {
        enum Kind {
            SET,
            REMOVE,
            ADD,
            DELETE
        }
    }

    /** The change that a clause makes to one path; a removal has no operand. */
    record Action(
            Clause.Kind kind, Node.Path path, @Nullable Node operand) {}

    UpdateParser(String text) {
        super(ExpressionKind.UPDATE, text, Set.of("SET", "REMOVE", "ADD", "DELETE"));
    }

    /** Returns the clauses of the whole expression. */
    List<Clause> parse() {
        List<Clause> clauses = new ArrayList<>();
        do {
            clauses.add(clause());
        } while (peek().kind() != Token.Kind.END);
        expectEnd();
        return clauses;
    }

    private Clause clause() {
        for (Clause.Kind clause : Clause.Kind.values()) {
            if (acceptWord(clause.name())) {
                List<Action> actions = new ArrayList<>();
                do {
                    actions.add(action(clause));
                } while (accept(","));
                return new Clause(clause, actions);
            }
        }
        throw syntaxError();
    }

    private Action action(Clause.Kind clause) {
        Node.Path path = path();
        switch (clause) {
            case SET -> {
                expect("=");
                return new Action(clause, path, assigned());
            }
            case REMOVE -> {
                return new Action(clause, path, null);
            }
            default -> {
                if (peek().kind() != Token.Kind.VALUE) {
                    throw syntaxError();
                }
                return new Action(clause, path, simpleOperand());
            }
        }
    }

    /** Reads an operand, a sum or a difference; either may be in parentheses. */
    private Node assigned() {
        Node left = peek().is("(") ? parenthesis() : simpleOperand();
        return left.bare() instanceof Node.Sum ? left : sum(left);
    }

    private Node sum(Node left) {
        boolean minus = peek().is("-");
        if (!minus && !peek().is("+")) {
            return left;
        }
        next();
        operator();
        return new Node.Sum(minus, left, operand());
    }

    private Node parenthesis() {
        enter();
        expect("(");
        Node inner = assigned();
        expect(")");
        leave();
        return parenthesized(inner);
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
        return parenthesized(inner);
    }
}
