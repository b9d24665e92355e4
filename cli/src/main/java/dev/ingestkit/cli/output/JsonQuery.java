package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import software.amazon.smithy.jmespath.JmespathException;
import software.amazon.smithy.jmespath.JmespathExpression;

/** A JMESPath expression over records, as {@code aws --query} has it. Thread-safe. */
public final class JsonQuery {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JmespathExpression expression;
    private final String text;
    private final String option;

    private JsonQuery(JmespathExpression expression, String text, String option) {
        this.expression = expression;
        this.text = text;
        this.option = option;
    }

    /**
     * Parses an expression.
     *
     * @throws CliException with USAGE and the place of the mistake
     */
    public static JsonQuery parse(String text) {
        return parse("--query", text, "[?status=='stored'].id");
    }

    /**
     * Parses another option's expression.
     *
     * @param option its name, for errors
     * @param example what a right one looks like
     */
    public static JsonQuery parse(String option, String text, String example) {
        try {
            return new JsonQuery(JmespathExpression.parse(text), text, option);
        } catch (JmespathException invalid) {
            throw new CliException("INVALID_QUERY", ExitCode.USAGE, "%s '%s' is no JMESPath".formatted(option, text))
                    .because(String.valueOf(invalid.getMessage()), invalid)
                    .hint("example: %s \"%s\"".formatted(option, example));
        }
    }

    /** Whether one of these names stands in the expression: what they would give need not be there otherwise. */
    public boolean mentions(String... names) {
        return Stream.of(names).anyMatch(text::contains);
    }

    /** Whether what the expression finds is true in JMESPath's own sense: not false, not null, not empty. */
    public boolean holdsFor(JsonNode document) {
        JsonNode found = apply(document);
        if (found.isBoolean()) {
            return found.asBoolean();
        }
        boolean empty = found.isTextual() ? found.asText().isEmpty() : found.isContainerNode() && found.isEmpty();
        return !found.isNull() && !found.isMissingNode() && !empty;
    }

    /** What the expression finds; a JSON null when it finds nothing. */
    public JsonNode apply(JsonNode document) {
        try {
            return expression.evaluate(document, JmespathNodes.INSTANCE);
        } catch (JmespathException failed) {
            throw new CliException("QUERY_FAILED", ExitCode.FAILED, option + " cannot be applied to this data")
                    .because(String.valueOf(failed.getMessage()), failed);
        }
    }

    static ObjectMapper mapper() {
        return MAPPER;
    }
}
