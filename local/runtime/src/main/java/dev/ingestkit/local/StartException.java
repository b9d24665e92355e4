package dev.ingestkit.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports a runtime that cannot start: the obstacle and the remedies. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kind of obstacle. */
    public enum Obstacle {
        TEMPLATE,
        PORT,
        CODE,
        DYNAMODB,
        ATTACH,
        RESOURCE,
        DATA
    }

    private final Obstacle obstacle;
    private final List<String> hints;

    public StartException(Obstacle obstacle, String message, List<String> hints, @Nullable Throwable cause) {
        super(message, cause);
        this.obstacle = obstacle;
        this.hints = List.copyOf(hints);
    }

    public Obstacle obstacle() {
        return obstacle;
    }

    /** Returns remedies, the most likely one first. */
    public List<String> hints() {
        return hints;
    }
}
