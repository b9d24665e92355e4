package dev.ingestkit.local.table.item;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ingestkit.local.table.error.TableException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Reads scalars at the parser's token as DynamoDB's front end does, with its texts for values of another JSON type.
 * Stateless.
 */
public final class JsonScalars {
    private static final String BAD_BASE64 = "Invalid last non-pad Base64 character dectected";

    private JsonScalars() {}

    /** Returns the text at the token. */
    public static String string(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        throw mismatch(json.currentToken(), "String", "java.lang.String");
    }

    /** Returns the flag at the token; some words and digits count as flags. */
    public static boolean bool(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> flag(json.getText());
            default -> throw mismatch(json.currentToken(), "Boolean", "java.lang.Boolean");
        };
    }

    private static boolean flag(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "TRUE", "1", "YES" -> true;
            case "FALSE", "0", "NO" -> false;
            default -> throw TableException.serialization("Unexpected token received from parser");
        };
    }

    /** Returns the bytes of the base64 text at the token. */
    public static byte[] blob(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_STRING) {
            if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                throw mismatch(token, "ByteBuffer", "java.nio.ByteBuffer");
            }
            throw TableException.serialization("only base-64-encoded strings are convertible to bytes");
        }
        String text = json.getText();
        if (text.length() % 4 != 0) {
            throw TableException.serialization(
                    "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
        }
        return decode(text);
    }

    private static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw TableException.serialization(BAD_BASE64);
        }
        if (text.endsWith("=")) {
            int tail = bytes.length - bytes.length / 3 * 3;
            byte[] last = Arrays.copyOfRange(bytes, bytes.length - tail, bytes.length);
            if (!text.endsWith(Base64.getEncoder().encodeToString(last))) {
                throw TableException.serialization(BAD_BASE64);
            }
        }
        return bytes;
    }

    /** Checks that a list starts at the token. */
    public static void requireList(JsonParser json) {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            throw TableException.serialization("Start of structure or map found where not expected");
        }
        if (token != JsonToken.START_ARRAY) {
            throw TableException.serialization("Unexpected field type");
        }
    }

    /** Returns the SerializationException for a token where a scalar of the type was expected. */
    public static TableException mismatch(JsonToken token, String type, String javaType) {
        return switch (token) {
            case START_OBJECT -> TableException.serialization("Start of structure or map found where not expected");
            case START_ARRAY -> TableException.serialization("Unrecognized collection type class " + javaType);
            case VALUE_TRUE -> TableException.serialization("TRUE_VALUE cannot be converted to " + type);
            case VALUE_FALSE -> TableException.serialization("FALSE_VALUE cannot be converted to " + type);
            case VALUE_NUMBER_INT -> TableException.serialization("NUMBER_VALUE cannot be converted to " + type);
            case VALUE_NUMBER_FLOAT -> TableException.serialization("DECIMAL_VALUE cannot be converted to " + type);
            case VALUE_STRING -> TableException.serialization("STRING_VALUE cannot be converted to " + type);
            default -> TableException.serialization(null);
        };
    }
}
