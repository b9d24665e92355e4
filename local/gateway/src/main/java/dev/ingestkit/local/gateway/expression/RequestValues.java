package dev.ingestkit.local.gateway.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one request that mapping expressions and mapping templates can refer to. Read by one step of the
 * request at a time.
 */
public interface RequestValues {

    /** Returns the values of the path's parameters, decoded, by name. */
    Map<String, String> pathParameters();

    /** Returns the request's path without the stage, decoded. */
    String pathText();

    /** Returns the query parameters. */
    RequestParameters query();

    /** Returns the request's headers, with those that API Gateway adds. */
    RequestParameters headers();

    /** Returns the body as templates see it: base64 for a binary body that is converted to text, else UTF-8. */
    String bodyText();

    /** Returns the stage's variables by name. */
    Map<String, String> stageVariables();

    /** Returns a value of {@code $context} by its dotted name, null if it has none. */
    @Nullable
    Object contextValue(String dottedName);

    /** Returns the headers of the integration's answer; empty before it answers. */
    Map<String, List<String>> answerHeaders();

    /** Returns the body of the integration's answer as text; empty before it answers. */
    String answerText();
}
