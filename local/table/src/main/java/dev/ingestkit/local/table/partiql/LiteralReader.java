package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.DynamoNumber;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import dev.ingestkit.local.table.item.ValueWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads literals of a statement: texts, numbers, true, false, null, lists, maps and, in double angles, sets. */
final class LiteralReader {
    /** The depth of nesting at which a literal is refused. */
    private static final int MAX_NESTING = 32;

    private static final String ROOT = "root";
    private static final String INVALID = "One or more parameter values were invalid: ";

    private final Tokens tokens;

    LiteralReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads a literal, or returns null if the next token is not one. */
    @Nullable
    Value literal() {
        return isLiteral() ? value(ROOT, 0) : null;
    }

    private boolean isLiteral() {
        StatementToken token = tokens.peek();
        return switch (token.kind()) {
            case TEXT, NUMBER -> true;
            case SYMBOL -> token.is("[") || token.is("{") || token.is("<<") || isSign(token);
            default -> token.isWord("TRUE") || token.isWord("FALSE") || token.isWord("NULL");
        };
    }

    private boolean isSign(StatementToken token) {
        return token.is("-") || token.is("+");
    }

    /** Reads the item of an INSERT: a map whose values may also be parameters. */
    Item item() {
        ValueWriter writer = new ValueWriter(512);
        Set<String> names = new HashSet<>();
        writer.startMap();
        expect("{");
        if (!tokens.accept("}")) {
            do {
                String name = name();
                if (!names.add(name)) {
                    throw TableException.validation("Item has duplicate attribute names: " + name);
                }
                writer.name(name);
                writer.copy(tokens.accept("?") ? tokens.parameter() : value(ROOT, 0));
            } while (tokens.accept(","));
            expect("}");
        }
        writer.endMap();
        return writer.toItem();
    }

    private String name() {
        StatementToken token = tokens.next();
        if (token.kind() != StatementToken.Kind.TEXT && token.kind() != StatementToken.Kind.QUOTED) {
            throw Malformed.statement(Malformed.UNEXPECTED_TERM);
        }
        expect(":");
        return token.text();
    }

    private void expect(String symbol) {
        if (!tokens.accept(symbol)) {
            throw Malformed.statement(Malformed.UNEXPECTED_TERM);
        }
    }

    private Value value(String path, int depth) {
        if (depth >= MAX_NESTING) {
            throw TableException.validation("Nesting Levels have exceeded supported limits under " + path);
        }
        StatementToken token = tokens.peek();
        return switch (token.kind()) {
            case TEXT -> Value.of(tokens.next().text());
            case NUMBER -> Value.of(number(tokens.next().text(), false, path));
            case SYMBOL -> composed(token, path, depth);
            default -> word(token, path);
        };
    }

    private Value word(StatementToken token, String path) {
        if (token.isWord("TRUE") || token.isWord("FALSE")) {
            return Value.of(tokens.next().isWord("TRUE"));
        }
        if (token.isWord("NULL")) {
            tokens.next();
            return Value.NULL;
        }
        if (token.kind() == StatementToken.Kind.END || Keywords.isReserved(token.text())) {
            throw Malformed.statement(Malformed.UNEXPECTED_TERM);
        }
        throw unsupported(token.text(), path, token);
    }

    private Value composed(StatementToken token, String path, int depth) {
        if (tokens.accept("[")) {
            return list(path, depth);
        }
        if (tokens.accept("{")) {
            return map(path, depth);
        }
        if (tokens.accept("<<")) {
            return set(path, depth);
        }
        if (isSign(token)) {
            return signed(path);
        }
        if (token.is("?")) {
            throw unsupported("Parameter", path, token);
        }
        throw Malformed.statement(Malformed.UNEXPECTED_TERM);
    }

    private static TableException unsupported(String what, String path, StatementToken token) {
        return Malformed.at("Unsupported data type: " + what + " under key " + path, token);
    }

    private Value signed(String path) {
        boolean negative = false;
        while (isSign(tokens.peek())) {
            negative ^= tokens.next().is("-");
        }
        if (tokens.peek().kind() != StatementToken.Kind.NUMBER) {
            throw Malformed.statement(Malformed.UNEXPECTED_TERM);
        }
        return Value.of(number(tokens.next().text(), negative, path));
    }

    private static DynamoNumber number(String text, boolean negative, String path) {
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw Malformed.statement("");
        }
        // JDK 17 rejects this one exponent beyond an int, newer JDKs accept it.
        if (number.scale() == Integer.MIN_VALUE) {
            throw Malformed.statement("");
        }
        try {
            return DynamoNumber.of(negative ? number.negate() : number);
        } catch (TableException e) {
            throw TableException.validation(e.getMessage() + " under " + path);
        }
    }

    private Value list(String path, int depth) {
        ValueWriter writer = new ValueWriter(128);
        writer.startList();
        int index = 0;
        if (!tokens.accept("]")) {
            do {
                writer.copy(value(path + "[" + index++ + "]", depth + 1));
            } while (tokens.accept(","));
            expect("]");
        }
        writer.endList();
        return writer.toValue();
    }

    private Value map(String path, int depth) {
        ValueWriter writer = new ValueWriter(128);
        writer.startMap();
        if (!tokens.accept("}")) {
            do {
                String name = name();
                writer.name(name);
                writer.copy(value(path + "." + name, depth + 1));
            } while (tokens.accept(","));
            expect("}");
        }
        writer.endMap();
        return writer.toValue();
    }

    /** Reads a set; the error quotes its elements if one occurs twice. */
    private Value set(String path, int depth) {
        StatementToken first = tokens.peek();
        if (tokens.accept(">>")) {
            throw TableException.validation("Empty bags are not supported");
        }
        List<Value> elements = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        do {
            StatementToken token = tokens.peek();
            Value element = value(path, depth + 1);
            elements.add(element);
            texts.add(token.text());
        } while (tokens.accept(","));
        expect(">>");
        ValueType type = setType(elements);
        if (type == null) {
            throw unsupported("Bag", path, first);
        }
        ValueWriter writer = new ValueWriter(128);
        writer.startSet(type);
        elements.forEach(writer::copy);
        if (!writer.endSet()) {
            String collection = INVALID + "Input collection [" + String.join(", ", texts) + "] contains duplicates";
            throw TableException.validation(type == ValueType.NS ? collection + "! under " + path : collection + ".");
        }
        return writer.toValue();
    }

    private static @Nullable ValueType setType(List<Value> elements) {
        ValueType type = elements.get(0).type();
        if (elements.stream().anyMatch(element -> element.type() != type)) {
            return null;
        }
        return switch (type) {
            case S -> ValueType.SS;
            case N -> ValueType.NS;
            case B -> ValueType.BS;
            default -> null;
        };
    }
}
