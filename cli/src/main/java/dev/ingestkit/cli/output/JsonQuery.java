package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import software.amazon.smithy.jmespath.JmespathException;
import software.amazon.smithy.jmespath.JmespathExpression;

/** A JMESPath expression over records, as {@code aws --query} has it. Thread-safe. */
public final class JsonQuery {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JmespathExpression expression;

    private JsonQuery(JmespathExpression expression) {
        this.expression = expression;
    }

    /**
     * Parses an expression.
     *
     * @throws CliException with USAGE and the place of the mistake
     */
    public static JsonQuery parse(String text) {
        try {
            return new JsonQuery(JmespathExpression.parse(text));
        } catch (JmespathException invalid) {
            throw new CliException("INVALID_QUERY", ExitCode.USAGE, "--query '%s' is no JMESPath".formatted(text))
                    .because(String.valueOf(invalid.getMessage()), invalid)
                    .hint("example: --query \"[?status=='stored'].id\"");
        }
    }

    /** What the expression finds; a JSON null when it finds nothing. */
    public JsonNode apply(JsonNode document) {
        try {
            return expression.evaluate(document, JmespathNodes.INSTANCE);
        } catch (JmespathException failed) {
            throw new CliException("QUERY_FAILED", ExitCode.FAILED, "--query cannot be applied to this data")
                    .because(String.valueOf(failed.getMessage()), failed);
        }
    }

    static ObjectMapper mapper() {
        return MAPPER;
    }
}
