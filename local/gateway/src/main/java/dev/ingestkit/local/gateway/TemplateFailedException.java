package dev.ingestkit.local.gateway;

/** A mapping template that could not be rendered for one request: the client is answered 500, the log says why. */
final class TemplateFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TemplateFailedException(String problem) {
        super(problem);
    }
}
