package dev.ingestkit.local.attach;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports a runtime that cannot attach: the obstacle and the remedies. */
public final class AttachException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> hints;

    public AttachException(String message, List<String> hints, @Nullable Throwable cause) {
        super(message, cause);
        this.hints = List.copyOf(hints);
    }

    /** Returns remedies, the most likely one first. */
    public List<String> hints() {
        return hints;
    }
}
