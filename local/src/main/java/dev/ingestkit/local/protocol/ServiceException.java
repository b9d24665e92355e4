package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

/** An error that a service answers, with AWS's code, text and HTTP status. Carries no stack trace: it is an answer. */
public final class ServiceException extends RuntimeException {

    private final String code;
    private final int status;

    /**
     * @param code the error's shape name, {@code ResourceNotFoundException}
     * @param status the HTTP status AWS answers it with, 400 to 599
     * @param message the text a client sees
     */
    public ServiceException(String code, int status, String message) {
        super(requireNonNull(message, "message"), null, false, false);
        this.code = requireNonNull(code, "code");
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be 400 to 599: " + status);
        }
        this.status = status;
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
