package dev.ingestkit.local.journal;

import static java.util.Objects.requireNonNull;

/**
 * The invocation that made a call to a service.
 *
 * @param requestId the id that the function saw as {@code awsRequestId}
 * @param function the function's name
 */
public record Origin(String requestId, String function) {

    public Origin {
        requireNonNull(requestId, "requestId");
        requireNonNull(function, "function");
    }
}
