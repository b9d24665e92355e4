package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Value;
import java.util.List;

/** A statement's tokens and parameters, read from the first to the last. */
final class Tokens {
    /** Deeper nesting is refused, so that no statement exhausts the stack. */
    private static final int MAX_DEPTH = 150;

    private final List<StatementToken> tokens;
    private final List<Value> parameters;
    private int at;
    private int parameter;
    private int depth;

    Tokens(List<StatementToken> tokens, List<Value> parameters) {
        this.tokens = tokens;
        this.parameters = parameters;
    }

    StatementToken peek() {
        return tokens.get(at);
    }

    StatementToken peekNext() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    StatementToken next() {
        StatementToken token = tokens.get(at);
        if (token.kind() != StatementToken.Kind.END) {
            at++;
        }
        return token;
    }

    boolean accept(String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    boolean acceptWord(String keyword) {
        if (peek().isWord(keyword)) {
            at++;
            return true;
        }
        return false;
    }

    /** Returns the reader's position, for {@link #rewind}. */
    int mark() {
        return at;
    }

    void rewind(int mark) {
        at = mark;
    }

    boolean isEnd() {
        return peek().kind() == StatementToken.Kind.END
                || (peek().is(";") && peekNext().kind() == StatementToken.Kind.END);
    }

    /** Returns the next parameter. */
    Value parameter() {
        if (parameter >= parameters.size()) {
            throw mismatch();
        }
        return parameters.get(parameter++);
    }

    void requireAllParametersUsed() {
        if (parameter != parameters.size()) {
            throw mismatch();
        }
    }

    private static TableException mismatch() {
        return TableException.validation("Number of parameters in request and statement don't match.");
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw Malformed.statement("");
        }
    }

    void leave() {
        depth--;
    }
}
