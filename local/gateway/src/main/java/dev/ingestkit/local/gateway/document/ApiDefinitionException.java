package dev.ingestkit.local.gateway.document;

import static java.util.Objects.requireNonNull;

/** Reports an API body that cannot be deployed: the position in the body, the problem and the value. */
public final class ApiDefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;

    ApiDefinitionException(String path, String problem) {
        super("API definition, " + requireNonNull(path, "path") + ": " + problem);
        this.path = path;
    }

    /** Returns the position in the body as a JSONPath, {@code $.paths['/submit'].post}. */
    public String path() {
        return path;
    }
}
