package dev.ingestkit.local.gateway.definition;

import java.util.Optional;

/** Reads {@code arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION-ARN/invocations}. */
public final class FunctionUri {

    private static final String BEFORE = ":lambda:path/2015-03-31/functions/";
    private static final String AFTER = "/invocations";

    private FunctionUri() {}

    /** Returns the function's ARN in an invocation URI; empty for any other URI. */
    public static Optional<String> function(String uri) {
        int before = uri.indexOf(BEFORE);
        boolean invocation = uri.startsWith("arn:") && before > 0 && uri.endsWith(AFTER);
        int from = before + BEFORE.length();
        int to = uri.length() - AFTER.length();
        return invocation && to > from ? Optional.of(uri.substring(from, to)) : Optional.empty();
    }
}
