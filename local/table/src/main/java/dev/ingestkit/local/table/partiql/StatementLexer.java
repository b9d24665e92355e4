package dev.ingestkit.local.table.partiql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into tokens; comments are left out. A character that belongs to no token refuses the statement. */
final class StatementLexer {
    private static final List<String> LONG_SYMBOLS = List.of("<<", ">>", "<=", ">=", "<>", "!=");
    private static final String SHORT_SYMBOLS = "<>=()[]{},.:;*+-?";

    private final String text;
    private int at;

    private StatementLexer(String text) {
        this.text = text;
    }

    /** Returns the tokens of the statement, the last of which is the end. */
    static List<StatementToken> tokens(String text) {
        StatementLexer lexer = new StatementLexer(text);
        List<StatementToken> tokens = new ArrayList<>();
        StatementToken token;
        do {
            lexer.skipSpace();
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != StatementToken.Kind.END);
        return tokens;
    }

    private void skipSpace() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw Malformed.statement("");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private StatementToken next() {
        if (at == text.length()) {
            return token(StatementToken.Kind.END, "", at);
        }
        int start = at;
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            String content = quoted(c);
            return token(c == '"' ? StatementToken.Kind.QUOTED : StatementToken.Kind.TEXT, content, start);
        }
        if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
            skipNumber();
            return token(StatementToken.Kind.NUMBER, text.substring(start, at), start);
        }
        if (isNameStart(c)) {
            while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
                at++;
            }
            return token(StatementToken.Kind.WORD, text.substring(start, at), start);
        }
        return symbol(c);
    }

    private StatementToken symbol(char first) {
        int start = at;
        if (first == '<' || first == '>' || first == '!') {
            for (String symbol : LONG_SYMBOLS) {
                if (text.startsWith(symbol, at)) {
                    at += symbol.length();
                    return token(StatementToken.Kind.SYMBOL, symbol, start);
                }
            }
        }
        if (SHORT_SYMBOLS.indexOf(first) < 0) {
            throw Malformed.statement("");
        }
        at++;
        return token(StatementToken.Kind.SYMBOL, String.valueOf(first), start);
    }

    /** Reads to the closing quote; a doubled quote means one. */
    private String quoted(char quote) {
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != quote) {
                content.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                content.append(quote);
                at++;
            } else {
                at++;
                return content.toString();
            }
        }
        throw Malformed.statement("");
    }

    private void skipNumber() {
        skipDigits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            skipDigits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int mark = at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (at < text.length() && isDigit(text.charAt(at))) {
                skipDigits();
            } else {
                at = mark;
            }
        }
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private StatementToken token(StatementToken.Kind kind, String content, int start) {
        return new StatementToken(kind, content, text, start, at);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }
}
