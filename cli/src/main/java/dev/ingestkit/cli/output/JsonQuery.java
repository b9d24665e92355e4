package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.output.query.JmespathQuery;
import dev.ingestkit.local.events.Json;
import java.util.stream.Stream;
import software.amazon.smithy.jmespath.JmespathException;

/** A JMESPath expression over records, like {@code aws --query}. Thread-safe. */
public final class JsonQuery {

    private static final ObjectMapper MAPPER = Json.mapper();

    private final JmespathQuery expression;
    private final String text;
    private final String option;

    private JsonQuery(JmespathQuery expression, String text, String option) {
        this.expression = expression;
        this.text = text;
        this.option = option;
    }

    /**
     * Parses an expression.
     *
     * @throws CliException with USAGE and the position of the error
     */
    public static JsonQuery parse(String text) {
        return parse("--query", text, "[?status=='stored'].id");
    }

    /**
     * Parses another option's expression.
     *
     * @param option the option's name, for errors
     * @param example a valid expression, for errors
     */
    public static JsonQuery parse(String option, String text, String example) {
        try {
            return new JsonQuery(JmespathQuery.parse(text), text, option);
        } catch (JmespathException invalid) {
            throw new CliException(
                            "INVALID_QUERY",
                            ExitCode.USAGE,
                            "%s: '%s' is not a valid JMESPath expression".formatted(option, text))
                    .because(String.valueOf(invalid.getMessage()), invalid)
                    .hint("example: %s \"%s\"".formatted(option, example));
        }
    }

    /** Returns whether the expression uses one of these names, so that their values are needed. */
    public boolean mentions(String... names) {
        return Stream.of(names).anyMatch(text::contains);
    }

    /** Returns whether the expression's result is true in the sense of JMESPath: not false, not null, not empty. */
    public boolean holdsFor(JsonNode document) {
        JsonNode found = apply(document);
        if (found.isBoolean()) {
            return found.asBoolean();
        }
        boolean empty = found.isTextual() ? found.asText().isEmpty() : found.isContainerNode() && found.isEmpty();
        return !found.isNull() && !found.isMissingNode() && !empty;
    }

    /** Returns the expression's result; a JSON null when it finds nothing. */
    public JsonNode apply(JsonNode document) {
        try {
            return expression.evaluate(document);
        } catch (JmespathException failed) {
            throw new CliException("QUERY_FAILED", ExitCode.FAILED, option + " cannot be applied to this data")
                    .because(String.valueOf(failed.getMessage()), failed);
        }
    }

    static ObjectMapper mapper() {
        return MAPPER;
    }
}
