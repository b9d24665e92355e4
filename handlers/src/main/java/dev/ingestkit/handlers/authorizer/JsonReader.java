package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text (RFC 8259) into maps, lists, strings, BigDecimals and booleans. One use, one thread. It exists
 * because a JSON library costs a cold start more than everything else in this function.
 */
final class JsonReader {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 64;

    private final String text;
    private int position;
    private int depth;

    JsonReader(String text) {
        this.text = requireNonNull(text, "text");
    }

    /**
     * Reads the one value of the text.
     *
     * @throws JsonSyntaxException when the text is not exactly one JSON value, or nested deeper than 64 levels
     */
    @Nullable
    Object read() {
        Object value = value();
        skipSpace();
        if (position != text.length()) {
            throw syntax("text after the value");
        }
        return value;
    }

    private @Nullable Object value() {
        skipSpace();
        char first = peek();
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        open('{');
        if (!closes('}')) {
            do {
                skipSpace();
                if (peek() != '"') {
                    throw syntax("a name in quotes is missing");
                }
                String name = string();
                skipSpace();
                expect(':');
                members.put(name, value());
            } while (continues('}'));
        }
        depth--;
        return members;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        open('[');
        if (!closes(']')) {
            do {
                elements.add(value());
            } while (continues(']'));
        }
        depth--;
        return elements;
    }

    private void open(char bracket) {
        expect(bracket);
        if (++depth > MAX_DEPTH) {
            throw syntax("nested deeper than " + MAX_DEPTH);
        }
    }

    private boolean closes(char bracket) {
        skipSpace();
        if (peek() != bracket) {
            return false;
        }
        position++;
        return true;
    }

    private boolean continues(char bracket) {
        if (closes(bracket)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() {
        expect('"');
        int start = position;
        while (peek() != '"' && peek() != '\\') {
            plain();
        }
        if (peek() == '"') {
            return text.substring(start, position++);
        }
        StringBuilder characters = new StringBuilder(text.substring(start, position));
        while (peek() != '"') {
            characters.append(peek() == '\\' ? escape() : plain());
        }
        position++;
        return characters.toString();
    }

    private char plain() {
        char character = peek();
        if (character < ' ') {
            throw syntax("a control character in a string");
        }
        position++;
        return character;
    }

    private char escape() {
        expect('\\');
        char kind = peek();
        position++;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw syntax("an unknown escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int index = 0; index < 4; index++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw syntax("an escape that is not four hexadecimal digits");
            }
            code = code * 16 + digit;
            position++;
        }
        return (char) code;
    }

    private @Nullable Object literal(String word, @Nullable Object value) {
        if (!text.startsWith(word, position)) {
            throw syntax("an unknown word");
        }
        position += word.length();
        return value;
    }

    private BigDecimal number() {
        int start = position;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('-')) {
                skip('+');
            }
            digits();
        }
        if (position - start > MAX_NUMBER_LENGTH) {
            throw syntax("a number longer than " + MAX_NUMBER_LENGTH + " characters");
        }
        try {
            return new BigDecimal(text.substring(start, position));
        } catch (NumberFormatException exponentOutOfRange) {
            throw syntax("a number out of range");
        }
    }

    private void digits() {
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw syntax("no value, or a number without digits");
        }
    }

    private boolean skip(char character) {
        if (position < text.length() && text.charAt(position) == character) {
            position++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private void expect(char character) {
        if (peek() != character) {
            throw syntax("'" + character + "' is missing");
        }
        position++;
    }

    private char peek() {
        if (position >= text.length()) {
            throw syntax("the text ends too early");
        }
        return text.charAt(position);
    }

    private JsonSyntaxException syntax(String what) {
        return new JsonSyntaxException("not JSON: " + what + " at character " + position);
    }
}
