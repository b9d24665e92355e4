package dev.ingestkit.local.table.partiql;

/**
 * One token of a statement.
 *
 * @param text the content, without quotes
 * @param statement the text that contains the token, from {@code start} to before {@code end}
 */
record StatementToken(Kind kind, String text, String statement, int start, int end) {
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

    /** Returns the token's position, as messages report it: line, column and length. */
    String position() {
        int line = 1;
        int column = start + 1;
        for (int i = statement.indexOf('\n'); i >= 0 && i < start; i = statement.indexOf('\n', i + 1)) {
            line++;
            column = start - i;
        }
        return line + ":" + column + ":" + (end - start);
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
