package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.expression.Assignment;
import dev.ingestkit.local.table.expression.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the SET and REMOVE clauses of an update. */
final class AssignmentReader {
    private static final String SET_ADD = "set_add";
    private static final String SET_DELETE = "set_delete";

    private final Tokens tokens;
    private final OperandReader operands;

    AssignmentReader(Tokens tokens) {
        this.tokens = tokens;
        this.operands = new OperandReader(tokens, Set.of("list_append", "if_not_exists"));
    }

    /** Reads all clauses; there must be one at least. */
    List<Assignment> clauses() {
        List<Assignment> assignments = new ArrayList<>();
        while (true) {
            if (tokens.acceptWord("SET")) {
                do {
                    assignments.add(assignment());
                } while (tokens.accept(","));
            } else if (tokens.acceptWord("REMOVE")) {
                do {
                    assignments.add(new Assignment(Assignment.Kind.REMOVE, operands.path(), null));
                } while (tokens.accept(","));
            } else if (assignments.isEmpty()) {
                throw Malformed.statement("Expected data manipulation");
            } else {
                return assignments;
            }
        }
    }

    private Assignment assignment() {
        Node.Path path = operands.path();
        if (!tokens.accept("=")) {
            throw Malformed.statement("Expected EQ");
        }
        StatementToken name = tokens.peek();
        String function = name.text().toLowerCase(Locale.ROOT);
        if (name.kind() == StatementToken.Kind.WORD
                && (function.equals(SET_ADD) || function.equals(SET_DELETE))
                && tokens.peekNext().is("(")) {
            return setFunction(path, name);
        }
        return new Assignment(Assignment.Kind.SET, path, sum());
    }

    private Node sum() {
        Node left = term();
        if (!tokens.peek().is("+") && !tokens.peek().is("-")) {
            return left;
        }
        boolean minus = tokens.next().is("-");
        return new Node.Sum(minus, left, term());
    }

    private Node term() {
        if (!tokens.accept("(")) {
            return operands.operand();
        }
        tokens.enter();
        Node inner = sum();
        tokens.leave();
        if (!tokens.accept(")")) {
            throw Malformed.statement("Expected RIGHT_PAREN");
        }
        return inner;
    }

    /** Reads {@code set_add} or {@code set_delete}, which change the set that they are assigned to. */
    private Assignment setFunction(Node.Path path, StatementToken name) {
        String function = name.text().toUpperCase(Locale.ROOT);
        tokens.next();
        tokens.next();
        StatementToken first = tokens.peek();
        List<Node> arguments = new ArrayList<>();
        if (!tokens.accept(")")) {
            do {
                arguments.add(operands.operand());
            } while (tokens.accept(","));
            if (!tokens.accept(")")) {
                throw Malformed.statement("Expected RIGHT_PAREN");
            }
        }
        if (arguments.size() != 2) {
            throw Malformed.at(function + " must have exactly two arguments", name);
        }
        if (!arguments.get(0).equals(path)) {
            throw Malformed.at("The first argument to " + function + " must equal the assignment value", name);
        }
        if (!(arguments.get(1) instanceof Node.Literal literal)
                || !literal.value().type().isSet()) {
            throw Malformed.at("The second argument to " + function + " must be a value with type SET", first);
        }
        Assignment.Kind kind = function.equalsIgnoreCase(SET_ADD) ? Assignment.Kind.ADD : Assignment.Kind.DELETE;
        return new Assignment(kind, path, literal);
    }
}
