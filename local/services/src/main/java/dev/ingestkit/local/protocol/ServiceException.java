package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error response of a service, with AWS's code, text and HTTP status. Immutable. Has no stack trace, since it is a
 * response.
 */
public final class ServiceException extends RuntimeException {

    private final String code;
    private final int status;
    private final @Nullable String queryCode;
    private final @Nullable String queryText;

    /**
     * Creates an error.
     *
     * @param code the error's shape name, {@code ResourceNotFoundException}
     * @param status the HTTP status that AWS uses for it, 400 to 599
     * @param message the text that clients see
     */
    public ServiceException(String code, int status, String message) {
        this(code, status, message, null, null);
    }

    private ServiceException(
            String code, int status, String message, @Nullable String queryCode, @Nullable String queryText) {
        super(requireNonNull(message, "message"), null, false, false);
        this.code = requireNonNull(code, "code");
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be 400 to 599: " + status);
        }
        this.status = status;
        this.queryCode = queryCode;
        this.queryText = queryText;
    }

    /**
     * Returns this error with its code in the query protocol, {@code AWS.SimpleQueueService.NonExistentQueue}. JSON
     * responses carry it in {@code x-amzn-query-error}.
     */
    public ServiceException withQueryCode(String value) {
        return new ServiceException(code, status, text(), requireNonNull(value, "queryCode"), queryText);
    }

    /** Returns this error with its text in the query protocol. */
    public ServiceException withQueryText(String value) {
        return new ServiceException(code, status, text(), queryCode, requireNonNull(value, "queryText"));
    }

    /** Returns the text in the query protocol. */
    public String queryText() {
        return queryText == null ? text() : queryText;
    }

    /** Returns the code in the query protocol, if it differs. */
    public Optional<String> queryCode() {
        return Optional.ofNullable(queryCode);
    }

    /** Returns a client error: status 400. */
    public static ServiceException badRequest(String code, String message) {
        return new ServiceException(code, 400, message);
    }

    /** Returns the error for an AWS action that this runtime does not support. */
    public static ServiceException notImplemented(String service, String action) {
        return new ServiceException(
                "NotImplementedException",
                501,
                "The embedded runtime does not run %s %s. Use LocalStack or AWS for it.".formatted(service, action));
    }

    /** Returns the error's shape name. */
    public String code() {
        return code;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the message; never null here. */
    public String text() {
        return requireNonNull(getMessage());
    }
}
