package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.definition.GatewayResponseType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown to answer with a gateway response and a text. Has no stack trace, since it is an answer, not a failure.
 */
final class RequestRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final GatewayResponseType type;
    private final @Nullable String shown;
    private final String reason;
    private final @Nullable String validationError;
    private final @Nullable Integer status;

    private RequestRejectedException(
            GatewayResponseType type,
            @Nullable String shown,
            String reason,
            @Nullable String validationError,
            @Nullable Integer status) {
        super(reason, null, false, false);
        this.type = type;
        this.shown = shown;
        this.reason = reason;
        this.validationError = validationError;
        this.status = status;
    }

    /** Returns a rejection with the type's own message; the reason is for the journal and the log. */
    static RequestRejectedException of(GatewayResponseType type, String reason) {
        return new RequestRejectedException(type, type.message().orElse(null), reason, null, null);
    }

    /** Returns a rejection with a message of its own for the client. */
    static RequestRejectedException saying(GatewayResponseType type, String message) {
        return new RequestRejectedException(type, message, message, null, null);
    }

    static RequestRejectedException invalidBody(String validationError) {
        GatewayResponseType type = GatewayResponseType.BAD_REQUEST_BODY;
        String reason = "Invalid request body: " + validationError;
        return new RequestRejectedException(type, type.message().orElse(null), reason, validationError, null);
    }

    /** Returns one of the few rejections that no gateway response can change. */
    static RequestRejectedException withStatus(GatewayResponseType type, int status, String message) {
        return new RequestRejectedException(type, message, message, null, status);
    }

    /** Returns a rejection that no gateway response can change, with a reason that the client does not see. */
    static RequestRejectedException withStatus(GatewayResponseType type, int status, String message, String reason) {
        return new RequestRejectedException(type, message, reason, null, status);
    }

    GatewayResponseType type() {
        return type;
    }

    Optional<String> shown() {
        return Optional.ofNullable(shown);
    }

    String reason() {
        return reason;
    }

    Optional<String> validationError() {
        return Optional.ofNullable(validationError);
    }

    Optional<Integer> fixedStatus() {
        return Optional.ofNullable(status);
    }
}
