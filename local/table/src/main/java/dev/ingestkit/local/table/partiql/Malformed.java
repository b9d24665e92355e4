package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.error.TableException;

/** The errors of statements that cannot be read. */
final class Malformed {
    static final String UNEXPECTED_TERM = "Unexpected term";
    static final String LEFT_OVER = "Unexpected token after expression";
    static final String MISSING_OPERAND = "Missing right-hand side expression of infix operator";

    private Malformed() {}

    /** Returns the error of a statement that is not of PartiQL's form; some have no detail. */
    static TableException statement(String detail) {
        return TableException.validation("Statement wasn't well formed, can't be processed: " + detail);
    }

    /** Returns an error that names a token by its position. */
    static TableException at(String message, StatementToken token) {
        return TableException.validation(message + " at " + token.position());
    }
}
