package dev.ingestkit.handlers.authorizer;

/**
 * Thrown for missing or wrong credentials. API Gateway answers 401 only if the function fails with exactly this
 * message; a policy that denies would be answered with 403 and cached. Has no stack trace, since it is an expected
 * answer.
 */
final class UnauthorizedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnauthorizedException() {
        super("Unauthorized", null, false, false);
    }
}
