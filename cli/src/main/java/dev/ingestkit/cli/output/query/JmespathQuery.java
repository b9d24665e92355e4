package dev.ingestkit.cli.output.query;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.local.events.Json;
import software.amazon.smithy.jmespath.JmespathException;
import software.amazon.smithy.jmespath.JmespathExpression;

/**
 * A JMESPath expression. The grammar is smithy's; values, functions and errors are those of the specification and of the
 * Python implementation behind {@code aws --query}. Thread-safe.
 *
 * @see <a href="https://jmespath.org/specification.html">JMESPath specification</a>
 */
public final class JmespathQuery {

    private final JmespathExpression expression;

    private JmespathQuery(JmespathExpression expression) {
        this.expression = expression;
    }

    /**
     * Parses an expression.
     *
     * @throws software.amazon.smithy.jmespath.JmespathException with the position of a syntax error
     */
    public static JmespathQuery parse(String text) {
        return new JmespathQuery(
                JmespathExpression.parse(quotedLiterals(requireNonNull(text, "text")), LiteralNodes.INSTANCE));
    }

    /**
     * Evaluates the expression.
     *
     * @throws software.amazon.smithy.jmespath.JmespathException when a function is unknown or gets a wrong argument
     */
    public JsonNode evaluate(JsonNode document) {
        return Evaluator.evaluate(expression, document);
    }

    /** Quotes literals that are not JSON, such as {@code `x`}: an old form that AWS's documentation uses. */
    private static String quotedLiterals(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            char sign = text.charAt(at);
            int end = sign == '`' || sign == '\'' || sign == '"' ? end(text, at, sign) : at;
            if (sign == '"' && isCall(text, end + 1)) {
                throw new JmespathException(
                        "Syntax error at column %d: a function's name is not quoted".formatted(at + 1));
            }
            if (sign == '`' && end > at) {
                result.append('`').append(literal(text.substring(at + 1, end))).append('`');
            } else {
                result.append(text, at, end + 1);
            }
            at = end + 1;
        }
        return result.toString();
    }

    /** Returns the index of the closing sign; the last index when it is missing, which the parser reports. */
    private static int end(String text, int begin, char sign) {
        for (int at = begin + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == sign) {
                return at;
            }
        }
        return text.length() - 1;
    }

    private static boolean isCall(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '(';
    }

    private static String literal(String content) {
        String json = content.replace("\\`", "`").strip();
        if (json.isEmpty() || isJson(json)) {
            return content;
        }
        return TextNode.valueOf(json).toString().replace("`", "\\`");
    }

    private static boolean isJson(String text) {
        try {
            Json.mapper().readTree(text);
            return true;
        } catch (JsonProcessingException otherText) {
            return text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
        }
    }
}
