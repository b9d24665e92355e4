package dev.ingestkit.local.table.partiql;

import java.util.List;

/**
 * The texts of a request's statements as tokens. A text equal to the one before it is not cut again: the statements of
 * a batch often differ in their parameters only. For one request and one thread.
 */
final class StatementTexts {
    private String latest = "";
    private List<StatementToken> tokens = List.of();

    /**
     * Returns the tokens of a statement.
     *
     * @throws dev.ingestkit.local.table.error.TableException a ValidationException if a character belongs to no token
     */
    List<StatementToken> tokens(String text) {
        if (tokens.isEmpty() || !text.equals(latest)) {
            tokens = StatementLexer.tokens(text);
            latest = text;
        }
        return tokens;
    }
}
