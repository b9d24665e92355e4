package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

/** A change of the template failed after some of its parts were applied, which stay. */
public final class PartialUpdateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient StackChanges changes;

    PartialUpdateException(StackChanges changes, RuntimeException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.changes = requireNonNull(changes, "changes");
    }

    /** Returns the parts of the change that were applied before the failure. */
    public StackChanges changes() {
        return changes;
    }
}
