package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.expression.Node;
import dev.ingestkit.local.table.expression.Node.PathPart;
import dev.ingestkit.local.table.expression.Node.Step;
import dev.ingestkit.local.table.item.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads paths, literals, parameters and functions. */
final class OperandReader {
    private static final int MAX_INDEX_DIGITS = 10;

    private final Tokens tokens;
    private final LiteralReader literals;
    private final Set<String> functions;

    /** Creates a reader of operands among which these functions may be, in any case of their letters. */
    OperandReader(Tokens tokens, Set<String> functions) {
        this.tokens = tokens;
        this.literals = new LiteralReader(tokens);
        this.functions = functions;
    }

    Node operand() {
        if (tokens.accept("?")) {
            return new Node.Literal(tokens.parameter());
        }
        Value literal = literals.literal();
        if (literal != null) {
            return new Node.Literal(literal);
        }
        StatementToken token = tokens.peek();
        if (token.kind() == StatementToken.Kind.WORD && tokens.peekNext().is("(")) {
            return call();
        }
        if (!token.isIdentifier()) {
            throw Malformed.statement(reason(token));
        }
        return path();
    }

    /** Returns why a token cannot start an operand. */
    static String reason(StatementToken token) {
        if (token.kind() != StatementToken.Kind.WORD) {
            return Malformed.UNEXPECTED_TERM;
        }
        return Keywords.isOperator(token.text()) ? "Unexpected operator" : "Unexpected keyword";
    }

    private Node call() {
        StatementToken name = tokens.next();
        String function = name.text().toLowerCase(Locale.ROOT);
        if (!functions.contains(function)) {
            throw Malformed.at("Unrecognized function: " + function, name);
        }
        tokens.enter();
        tokens.next();
        List<Node> arguments = new ArrayList<>();
        if (!tokens.accept(")")) {
            do {
                arguments.add(operand());
            } while (tokens.accept(","));
            if (!tokens.accept(")")) {
                throw Malformed.statement("Expected RIGHT_PAREN");
            }
        }
        tokens.leave();
        return new Node.Call(function, List.copyOf(arguments));
    }

    Node.Path path() {
        if (!tokens.peek().isIdentifier()) {
            throw Malformed.statement("Expected identifier for simple path");
        }
        List<PathPart> parts = new ArrayList<>();
        parts.add(new PathPart(tokens.next().text(), Step.NAME, true));
        while (true) {
            if (tokens.accept(".")) {
                if (!tokens.peek().isIdentifier()) {
                    throw Malformed.statement("Invalid path dot component");
                }
                parts.add(new PathPart(tokens.next().text(), Step.NAME, true));
            } else if (tokens.accept("[")) {
                parts.add(index());
            } else {
                return new Node.Path(List.copyOf(parts));
            }
        }
    }

    private PathPart index() {
        boolean negative = false;
        while (tokens.peek().is("-") || tokens.peek().is("+")) {
            negative ^= tokens.next().is("-");
        }
        StatementToken token = tokens.next();
        String digits = token.text();
        if (token.kind() != StatementToken.Kind.NUMBER || !digits.chars().allMatch(Character::isDigit)) {
            throw Malformed.statement(Malformed.UNEXPECTED_TERM);
        }
        boolean large = digits.length() > MAX_INDEX_DIGITS || Long.parseLong(digits) > Integer.MAX_VALUE;
        if (large || (negative && Long.parseLong(digits) != 0)) {
            throw Malformed.at(
                    "List index is not within the allowable range; index: [" + (negative ? "-" : "") + digits + "]",
                    token);
        }
        if (!tokens.accept("]")) {
            throw Malformed.statement("Expected RIGHT_BRACKET");
        }
        return new PathPart(digits, Step.INDEX, true);
    }
}
