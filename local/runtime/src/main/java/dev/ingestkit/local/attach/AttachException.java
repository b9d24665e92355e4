package dev.ingestkit.local.attach;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runtime that cannot be attached: what stands in its way and what to do about it. */
public final class AttachException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> hints;

    public AttachException(String message, List<String> hints, @Nullable Throwable cause) {
        super(message, cause);
        this.hints = List.copyOf(hints);
    }

    /** What may help, most likely first. */
    public List<String> hints() {
        return hints;
    }
}
