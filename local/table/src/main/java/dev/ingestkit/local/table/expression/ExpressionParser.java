package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Node.PathPart;
import dev.ingestkit.local.table.expression.Node.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The common part of all expression parsers: the tokens, document paths, placeholders and functions. A syntax
 * error names the token at which the expression breaks, and quotes it with the tokens beside it. For a single
 * use.
 */
abstract sealed class ExpressionParser permits ConditionParser, UpdateParser, ProjectionParser {
    /** The maximum size of an expression, in bytes of UTF-8. */
    static final int MAX_SIZE = 4096;

    /** The maximum number of operators and functions in one expression. */
    static final int MAX_OPERATORS = 300;

    /** Deeper nesting of parentheses needs more operators than there may be, or is redundant. */
    private static final int MAX_DEPTH = MAX_OPERATORS + 2;

    final ExpressionKind kind;
    private final String text;
    private final Set<String> keywords;
    private final List<Token> tokens;
    private int at;
    private int operators;
    private int depth;

    ExpressionParser(ExpressionKind kind, String text, Set<String> keywords) {
        this.kind = kind;
        this.text = text;
        this.keywords = keywords;
        checkSize();
        this.tokens = Lexer.tokens(text);
    }

    private void checkSize() {
        if (text.isEmpty()) {
            throw kind.refusal("The expression can not be empty;");
        }
        if (text.length() > MAX_SIZE / 3) {
            int size = text.getBytes(StandardCharsets.UTF_8).length;
            if (size > MAX_SIZE) {
                throw kind.refusal("Expression size has exceeded the maximum allowed size; expression size: " + size);
            }
        }
    }

    final Token peek() {
        return tokens.get(at);
    }

    final Token peekNext() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    final Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    final boolean accept(String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    final void expect(String symbol) {
        if (!accept(symbol)) {
            throw syntaxError();
        }
    }

    final boolean acceptWord(String keyword) {
        if (peek().isWord(keyword)) {
            at++;
            return true;
        }
        return false;
    }

    final void expectEnd() {
        if (peek().kind() != Token.Kind.END) {
            throw syntaxError();
        }
        if (operators > MAX_OPERATORS) {
            throw tooManyOperators();
        }
    }

    /** Returns the error of the parser's current token. */
    final TableException syntaxError() {
        Token token = peek();
        int from = at > 0 ? tokens.get(at - 1).start() : 0;
        String near = text.substring(from, peekNext().end());
        return kind.refusal("Syntax error; token: \"" + token.text() + "\", near: \"" + near + "\"");
    }

    private TableException tooManyOperators() {
        return kind.refusal("The expression contains too many operators; operator count: " + (MAX_OPERATORS + 1));
    }

    /** Counts one operator or function. */
    final void operator() {
        operators++;
    }

    final void enter() {
        if (++depth > MAX_DEPTH) {
            throw tooManyOperators();
        }
    }

    final void leave() {
        depth--;
    }

    /** Returns the node in parentheses, which must not be in parentheses already. */
    final Node parenthesized(Node inner) {
        if (inner instanceof Node.Parenthesized) {
            throw kind.refusal("The expression has redundant parentheses;");
        }
        return new Node.Parenthesized(inner);
    }

    final boolean isName(Token token) {
        return token.kind() == Token.Kind.ALIAS || (token.kind() == Token.Kind.WORD && !isKeyword(token));
    }

    private boolean isKeyword(Token token) {
        for (String keyword : keywords) {
            if (token.isWord(keyword)) {
                return true;
            }
        }
        return false;
    }

    final Node.Path path() {
        if (!isName(peek())) {
            throw syntaxError();
        }
        List<PathPart> parts = new ArrayList<>(4);
        parts.add(name(next()));
        return new Node.Path(steps(parts));
    }

    /** Reads the steps that follow; {@code parts} holds the ones before. */
    final List<PathPart> steps(List<PathPart> parts) {
        while (true) {
            if (accept(".")) {
                if (!isName(peek())) {
                    throw syntaxError();
                }
                parts.add(name(next()));
            } else if (accept("[")) {
                if (peek().kind() != Token.Kind.INTEGER) {
                    throw syntaxError();
                }
                parts.add(new PathPart(next().text(), Step.INDEX, false));
                expect("]");
            } else {
                return parts;
            }
        }
    }

    private static PathPart name(Token token) {
        Step step = token.kind() == Token.Kind.ALIAS ? Step.ALIAS : Step.NAME;
        return new PathPart(token.text(), step, false);
    }

    /** Reads an operand other than a parenthesis: a value, a function or a document path. */
    final Node simpleOperand() {
        Token token = peek();
        if (token.kind() == Token.Kind.VALUE) {
            return new Node.Placeholder(next().text());
        }
        if (token.kind() == Token.Kind.WORD && !isKeyword(token) && peekNext().is("(")) {
            return call();
        }
        return path();
    }

    private Node call() {
        operator();
        enter();
        String function = next().text();
        expect("(");
        List<Node> arguments = new ArrayList<>(2);
        do {
            arguments.add(operand());
        } while (accept(","));
        expect(")");
        leave();
        return new Node.Call(function, List.copyOf(arguments));
    }

    /** Reads an operand, in parentheses or not. */
    abstract Node operand();
}
