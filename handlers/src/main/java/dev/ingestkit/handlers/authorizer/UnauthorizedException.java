package dev.ingestkit.handlers.authorizer;

/**
 * Missing or wrong credentials. API Gateway answers 401 only if the function fails with exactly this message; a policy
 * that denies would be answered with 403 and cached. Carries no stack trace: it is an answer.
 */
final class UnauthorizedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnauthorizedException() {
        super("Unauthorized", null, false, false);
    }
}
