package dev.ingestkit.local.table.expression;

/** One token of an expression: its kind and the characters that it covers. */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        /** A name or a function, and every keyword. */
        WORD,
        /** A name's placeholder, such as {@code #n}. */
        ALIAS,
        /** A value's placeholder, such as {@code :v}. */
        VALUE,
        /** The digits of a list index. */
        INTEGER,
        /** An operator or a punctuation mark. */
        SYMBOL,
        /** A character that belongs to no token. */
        UNKNOWN,
        /** The end of the expression. */
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }
}
