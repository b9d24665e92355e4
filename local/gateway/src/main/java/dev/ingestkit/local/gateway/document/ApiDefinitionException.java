package dev.ingestkit.local.gateway.document;

import static java.util.Objects.requireNonNull;

/** An API body that cannot be deployed. Says where in the body, what is wrong, and which value it is. */
public final class ApiDefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;

    ApiDefinitionException(String path, String problem) {
        super("API definition, " + requireNonNull(path, "path") + ": " + problem);
        this.path = path;
    }

    /** The place in the body as a JSONPath, {@code $.paths['/submit'].post}. */
    public String path() {
        return path;
    }
}
