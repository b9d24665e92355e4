package dev.ingestkit.local.gateway.expression;

/**
 * Reports a mapping template that could not be rendered for one request: the client receives 500, the log the reason.
 */
public final class TemplateFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TemplateFailedException(String problem) {
        super(problem);
    }
}
