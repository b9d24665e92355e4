package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.expression.ParameterSource;
import dev.ingestkit.local.gateway.vtl.MappingTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Selects the integration response for a back end's answer. A selection pattern must match the whole HTTP status, or
 * the whole error message of a function. The responses for all 500 statuses are computed at deployment, so that no
 * regular expression runs for a request. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html">Integration responses</a>
 */
public final class IntegrationResponses {

    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 599;

    /** The mapping of an answer. */
    public record Response(
            int status,
            Map<String, ParameterSource> headers,
            Map<String, MappingTemplate> templates,
            Integration.ContentHandling contentHandling) {}

    /** A response with the pattern that selects it; the default has none. */
    record Rule(@Nullable Pattern pattern, Response response) {

        boolean matches(String text) {
            return pattern != null && pattern.matcher(text).matches();
        }
    }

    private final List<Rule> rules;
    private final @Nullable Response otherwise;
    private final @Nullable Response[] byStatus = new Response[MAX_STATUS - MIN_STATUS + 1];

    IntegrationResponses(List<Rule> rules, @Nullable Response otherwise) {
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
        for (int status = MIN_STATUS; status <= MAX_STATUS; status++) {
            byStatus[status - MIN_STATUS] = select(Integer.toString(status)).orElse(null);
        }
    }

    public Optional<Response> forStatus(int status) {
        boolean known = status >= MIN_STATUS && status <= MAX_STATUS;
        return Optional.ofNullable(known ? byStatus[status - MIN_STATUS] : otherwise);
    }

    /**
     * Returns the response for a mock's status: of several patterns that match, the one whose response has that status
     * comes first.
     */
    public Optional<Response> forMock(int status) {
        String text = Integer.toString(status);
        for (Rule rule : rules) {
            if (rule.response().status() == status && rule.matches(text)) {
                return Optional.of(rule.response());
            }
        }
        return forStatus(status);
    }

    /**
     * Returns the response for a function's result.
     *
     * @param errorMessage null if the function succeeded
     */
    public Optional<Response> forFunction(@Nullable String errorMessage) {
        return errorMessage == null ? Optional.ofNullable(otherwise) : select(errorMessage);
    }

    private Optional<Response> select(String text) {
        for (Rule rule : rules) {
            if (rule.matches(text)) {
                return Optional.of(rule.response());
            }
        }
        return Optional.ofNullable(otherwise);
    }
}
