package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

/** Thrown for an invocation that never reached the handler. A mapping does not count it as an attempt. */
public final class InvokeRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The reasons, with the error codes and statuses of Lambda's Invoke API. */
    public enum Reason {
        NOT_FOUND("ResourceNotFoundException", 404),
        THROTTLED("TooManyRequestsException", 429),
        START_FAILED("ServiceException", 500),
        PAYLOAD_TOO_LARGE("RequestEntityTooLargeException", 413),
        INVALID_PAYLOAD("InvalidRequestContentException", 400);

        private final String code;
        private final int status;

        Reason(String code, int status) {
            this.code = code;
            this.status = status;
        }

        public String code() {
            return code;
        }

        public int status() {
            return status;
        }
    }

    private final Reason reason;

    public InvokeRejectedException(Reason reason, String message) {
        super(requireNonNull(message, "message"));
        this.reason = requireNonNull(reason, "reason");
    }

    static InvokeRejectedException notFound(String function) {
        return new InvokeRejectedException(Reason.NOT_FOUND, "Function not found: " + function);
    }

    static InvokeRejectedException throttled(String detail) {
        return new InvokeRejectedException(Reason.THROTTLED, "Rate Exceeded. (" + detail + ")");
    }

    static InvokeRejectedException startFailed(String detail) {
        return new InvokeRejectedException(Reason.START_FAILED, detail);
    }

    static InvokeRejectedException tooLarge(int bytes, int limit) {
        return new InvokeRejectedException(
                Reason.PAYLOAD_TOO_LARGE,
                "%d byte payload is too large for the RequestResponse invocation type (limit %d bytes)"
                        .formatted(bytes, limit));
    }

    public Reason reason() {
        return reason;
    }
}
