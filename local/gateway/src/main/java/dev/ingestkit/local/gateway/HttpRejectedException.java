package dev.ingestkit.local.gateway;

import java.util.Map;

/**
 * Thrown to answer a request to an HTTP API with the gateway's own response. Has no stack trace, since it is an answer,
 * not a failure.
 */
final class HttpRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String shown;
    private final transient Map<String, String> headers;

    private HttpRejectedException(int status, String shown, String reason, Map<String, String> headers) {
        super(reason, null, false, false);
        this.status = status;
        this.shown = shown;
        this.headers = headers;
    }

    /**
     * Returns an answer.
     *
     * @param shown the message for the client
     * @param reason the reason for the journal and the log
     */
    static HttpRejectedException of(int status, String shown, String reason) {
        return new HttpRejectedException(status, shown, reason, Map.of());
    }

    static HttpRejectedException internal(String reason) {
        return of(500, "Internal Server Error", reason);
    }

    /** Returns the answer to a token that is refused, with the reason where OAuth 2.0 asks for one. */
    static HttpRejectedException token(boolean forbidden, String challenge, String reason) {
        return new HttpRejectedException(
                forbidden ? 403 : 401,
                forbidden ? "Forbidden" : "Unauthorized",
                reason,
                Map.of("www-authenticate", challenge));
    }

    int status() {
        return status;
    }

    String shown() {
        return shown;
    }

    Map<String, String> headers() {
        return headers;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
