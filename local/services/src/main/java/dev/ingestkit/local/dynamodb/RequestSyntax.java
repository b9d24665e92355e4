package dev.ingestkit.local.dynamodb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * What DynamoDB Local answers with 500 and a stack trace, where AWS says that the caller is mistaken: bodies that are no
 * JSON object, and whole numbers beyond those of the API. Every request is looked at, so no text is made of its tokens.
 * Stateless.
 */
final class RequestSyntax {

    private static final JsonFactory JSON = new JsonFactory();

    private RequestSyntax() {}

    /** What is wrong; empty for what DynamoDB Local can read. */
    static Optional<String> problem(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.of("The request is no JSON object");
            }
            for (int depth = 1; depth > 0; ) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return Optional.of("The request ends in the middle of a value");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.VALUE_NUMBER_INT && !fits(parser, depth)) {
                    return Optional.of("NUMBER_VALUE cannot be converted to Integer");
                }
            }
            return parser.nextToken() == null
                    ? Optional.empty()
                    : Optional.of("There is something after the request's object");
        } catch (IOException malformed) {
            return Optional.of("The request is no JSON that can be read");
        }
    }

    /** Limit and the segments stand at the top, and are integers; capacities below it are longs. Items' numbers are text. */
    private static boolean fits(JsonParser parser, int depth) throws IOException {
        JsonParser.NumberType type = parser.getNumberType();
        return type == JsonParser.NumberType.INT || (depth > 1 && type == JsonParser.NumberType.LONG);
    }
}
