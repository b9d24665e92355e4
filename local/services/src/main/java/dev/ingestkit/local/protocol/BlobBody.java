package dev.ingestkit.local.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the usual form of a JSON body straight from its bytes and decodes base64 in place: a text of the payload would
 * cost more than everything else in a put. The usual form has no escapes, no characters beyond ASCII, whole numbers,
 * and little nesting. {@link TreeCodec} reads every other body, and reports what is malformed. Not thread-safe.
 */
final class BlobBody {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final char QUOTE = 0x22;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long QUOTES = QUOTE * ONES;
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 256;
    private static final int MAX_DIGITS = 18;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final byte[] body;
    private final Set<String> blobs;
    private int at;

    private BlobBody(byte[] body, Set<String> blobs) {
        this.body = body;
        this.blobs = blobs;
    }

    /** Thrown for a body that is not of the usual form. */
    private static final class UnusualException extends Exception {

        private static final long serialVersionUID = 1L;

        private UnusualException() {
            super(null, null, false, false);
        }
    }

    /**
     * Reads a body. Members with the given names become binary nodes.
     *
     * @return empty if the body is not of the usual form, which does not mean that it is malformed
     */
    static Optional<ObjectNode> read(byte[] body, Set<String> blobs) {
        try {
            return Optional.of(new BlobBody(body, blobs).document());
        } catch (UnusualException other) {
            return Optional.empty();
        }
    }

    private ObjectNode document() throws UnusualException {
        if (next() != '{') {
            throw new UnusualException();
        }
        ObjectNode members = object(MAX_DEPTH);
        while (at < body.length) {
            if (!isSpace(body[at++])) {
                throw new UnusualException();
            }
        }
        return members;
    }

    /** Reads an object after its brace. */
    private ObjectNode object(int depth) throws UnusualException {
        ObjectNode members = NODES.objectNode();
        byte found = next();
        while (found != '}') {
            require(found, QUOTE);
            String name = text(MAX_NAME);
            require(next(), ':');
            byte first = next();
            members.set(name, first == QUOTE && blobs.contains(name) ? blob() : value(first, depth));
            found = separator('}');
        }
        return members;
    }

    private ArrayNode array(int depth) throws UnusualException {
        ArrayNode elements = NODES.arrayNode();
        byte found = next();
        while (found != ']') {
            elements.add(value(found, depth));
            found = separator(']');
        }
        return elements;
    }

    /** Returns the first byte of the next element, or the end of the list. */
    private byte separator(char end) throws UnusualException {
        byte found = next();
        if (found == end) {
            return found;
        }
        require(found, ',');
        byte first = next();
        if (first == end) {
            throw new UnusualException();
        }
        return first;
    }

    private JsonNode value(byte first, int depth) throws UnusualException {
        if (depth == 0) {
            throw new UnusualException();
        }
        return switch (first) {
            case '{' -> object(depth - 1);
            case '[' -> array(depth - 1);
            case QUOTE -> NODES.textNode(text(body.length));
            case 't' -> literal("true", NODES.booleanNode(true));
            case 'f' -> literal("false", NODES.booleanNode(false));
            case 'n' -> literal("null", NODES.nullNode());
            default -> number(first);
        };
    }

    private JsonNode literal(String word, JsonNode node) throws UnusualException {
        for (int index = 1; index < word.length(); index++) {
            require(take(), word.charAt(index));
        }
        return node;
    }

    private JsonNode number(byte first) throws UnusualException {
        boolean negative = first == '-';
        byte digit = negative ? take() : first;
        long value = 0;
        int digits = 0;
        while (digit >= '0' && digit <= '9' && digits < MAX_DIGITS) {
            value = value * 10 + (digit - '0');
            digits++;
            digit = take();
        }
        boolean whole = digit == ',' || digit == '}' || digit == ']' || isSpace(digit);
        boolean leadingZero = digits > 1 && value < Math.pow(10, digits - 1);
        if (digits == 0 || !whole || leadingZero) {
            throw new UnusualException();
        }
        at--;
        long signed = negative ? -value : value;
        return signed == (int) signed ? NODES.numberNode((int) signed) : NODES.numberNode(signed);
    }

    /** Reads a text after its quote. */
    private String text(int maxLength) throws UnusualException {
        int from = at;
        while (true) {
            byte found = take();
            if (found == QUOTE) {
                break;
            }
            if (found < ' ' || found == '\\') {
                throw new UnusualException();
            }
        }
        int length = at - 1 - from;
        if (length > maxLength) {
            throw new UnusualException();
        }
        return new String(body, from, length, StandardCharsets.ISO_8859_1);
    }

    /** Decodes base64 after its quote. The decoder refuses what a text could not hold either. */
    private JsonNode blob() throws UnusualException {
        int from = at;
        int end = quoteFrom(from);
        at = end + 1;
        if ((end - from) % 4 != 0) {
            throw new UnusualException();
        }
        try {
            ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(body, from, end - from));
            if (decoded.limit() != decoded.array().length) {
                throw new UnusualException();
            }
            return NODES.binaryNode(decoded.array());
        } catch (IllegalArgumentException notBase64) {
            throw new UnusualException();
        }
    }

    /** Finds the next quote, 32 bytes at a time. */
    private int quoteFrom(int from) throws UnusualException {
        int position = from;
        while (position <= body.length - 4 * Long.BYTES
                && (quotes(position)
                                | quotes(position + Long.BYTES)
                                | quotes(position + 2 * Long.BYTES)
                                | quotes(position + 3 * Long.BYTES))
                        == 0) {
            position += 4 * Long.BYTES;
        }
        while (position < body.length) {
            if (body[position] == QUOTE) {
                return position;
            }
            position++;
        }
        throw new UnusualException();
    }

    /** Returns a number that is not 0 if one of the eight bytes is a quote. */
    private long quotes(int position) {
        long different = (long) LONGS.get(body, position) ^ QUOTES;
        return (different - ONES) & ~different & TOP_BITS;
    }

    /** Returns the next byte that is not a space. */
    private byte next() throws UnusualException {
        byte found = take();
        while (isSpace(found)) {
            found = take();
        }
        return found;
    }

    private byte take() throws UnusualException {
        if (at == body.length) {
            throw new UnusualException();
        }
        return body[at++];
    }

    private static void require(byte found, char expected) throws UnusualException {
        if (found != expected) {
            throw new UnusualException();
        }
    }

    private static boolean isSpace(byte found) {
        return found == ' ' || found == '\n' || found == '\r' || found == '\t';
    }
}
