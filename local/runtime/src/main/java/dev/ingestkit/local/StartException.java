package dev.ingestkit.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runtime that could not start: what stands in its way and what to do about it. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of obstacle it was. */
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

    /** What may help, most likely first. */
    public List<String> hints() {
        return hints;
    }
}
