package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

/** Reports an endpoint's refusal of a call. */
public final class AwsErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    AwsErrorException(String call, String code, int status, String message) {
        super("%s was refused with %d %s: %s".formatted(call, status, code, message));
        this.code = requireNonNull(code, "code");
        this.status = status;
    }

    /** Returns AWS's name of the error without namespace, {@code ExpiredIteratorException}. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** Returns whether the same call may succeed in a moment. */
    boolean isTransient() {
        return status >= 500
                || status == 429
                || code.contains("Throttl")
                || code.equals("ProvisionedThroughputExceededException")
                || code.equals("LimitExceededException")
                || code.equals("RequestLimitExceeded");
    }
}
