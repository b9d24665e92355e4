package dev.ingestkit.local.table.partiql;

/**
 * One token of a statement.
 *
 * @param text the content, without quotes
 * @param position the token's position, as messages report it: line, column and length
 */
record StatementToken(Kind kind, String text, String position) {
    enum Kind {
        /** A keyword, function or plain identifier. */
        WORD,
        /** An identifier in double quotes. */
        QUOTED,
        /** A text in single quotes. */
        TEXT,
        /** A number without a sign. */
        NUMBER,
        /** An operator or a punctuation mark. */
        SYMBOL,
        /** The end of the statement. */
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isIdentifier() {
        return kind == Kind.QUOTED || (kind == Kind.WORD && !Keywords.isReserved(text));
    }
}
