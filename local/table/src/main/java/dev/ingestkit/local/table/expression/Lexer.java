package dev.ingestkit.local.table.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. An unknown character is a token of its own, so that the parser reports it. */
final class Lexer {
    private static final String SYMBOLS = "=<>()[],.+-";

    private final String text;
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** Returns the tokens of the text, the last of which is the end. */
    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        List<Token> tokens = new ArrayList<>(text.length() / 4 + 4);
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Token.Kind.END, "<EOF>", at, at);
        }
        int start = at;
        Token.Kind kind = read(text.charAt(at++));
        return new Token(kind, text.substring(start, at), start, at);
    }

    private Token.Kind read(char first) {
        if (isLetter(first)) {
            skipWord();
            return Token.Kind.WORD;
        }
        if (first == '#' || first == ':') {
            int start = at;
            skipWord();
            if (at == start) {
                return Token.Kind.UNKNOWN;
            }
            return first == '#' ? Token.Kind.ALIAS : Token.Kind.VALUE;
        }
        if (isDigit(first)) {
            while (first != '0' && at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            return Token.Kind.INTEGER;
        }
        if ((first == '<' && (isNext('>') || isNext('='))) || (first == '>' && isNext('='))) {
            at++;
        }
        return SYMBOLS.indexOf(first) >= 0 ? Token.Kind.SYMBOL : Token.Kind.UNKNOWN;
    }

    private void skipWord() {
        while (at < text.length() && isPart(text.charAt(at))) {
            at++;
        }
    }

    private boolean isNext(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isPart(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }
}
