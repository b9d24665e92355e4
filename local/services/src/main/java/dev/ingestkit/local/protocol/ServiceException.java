package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error that a service answers, with AWS's code, text and HTTP status. Carries no stack trace: it is an answer. */
public final class ServiceException extends RuntimeException {

    private final String code;
    private final int status;
    private final @Nullable String queryCode;

    /**
     * @param code the error's shape name, {@code ResourceNotFoundException}
     * @param status the HTTP status AWS answers it with, 400 to 599
     * @param message the text a client sees
     */
    public ServiceException(String code, int status, String message) {
        this(code, status, message, null);
    }

    private ServiceException(String code, int status, String message, @Nullable String queryCode) {
        super(requireNonNull(message, "message"), null, false, false);
        this.code = requireNonNull(code, "code");
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be 400 to 599: " + status);
        }
        this.status = status;
        this.queryCode = queryCode;
    }

    /**
     * The same error with the code that it has in the query protocol, {@code AWS.SimpleQueueService.NonExistentQueue}.
     * JSON answers carry it in {@code x-amzn-query-error}.
     */
    public ServiceException withQueryCode(String value) {
        return new ServiceException(code, status, text(), requireNonNull(value, "queryCode"));
    }

    /** The code of the query protocol, where it is another one. */
    public Optional<String> queryCode() {
        return Optional.ofNullable(queryCode);
    }

    /** A client's mistake: status 400. */
    public static ServiceException badRequest(String code, String message) {
        return new ServiceException(code, 400, message);
    }

    /** An action that AWS has and this runtime has not: named, never guessed at. */
    public static ServiceException notBuilt(String service, String action) {
        return new ServiceException(
                "NotImplementedException",
                501,
                "The embedded runtime does not run %s %s. Use LocalStack or AWS for it.".formatted(service, action));
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** The message; never null here. */
    public String text() {
        return requireNonNull(getMessage());
    }
}
