package dev.ingestkit.local.gateway.expression;

/** A mapping template that could not be rendered for one request: the client is answered 500, the log says why. */
public final class TemplateFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TemplateFailedException(String problem) {
        super(problem);
    }
}
