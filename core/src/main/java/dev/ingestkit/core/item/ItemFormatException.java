package dev.ingestkit.core.item;

import static java.util.Objects.requireNonNull;

/** Thrown for items that do not make up one event. */
public final class ItemFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    ItemFormatException(Kind kind, String message) {
        super(message);
        this.kind = requireNonNull(kind, "kind");
    }

    ItemFormatException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
    }

    /** Returns the kind of fault. */
    public Kind kind() {
        return kind;
    }

    /** The kinds of faults of an event's items. */
    public enum Kind {
        /** Part 0 has no {@code _ingest} map: something else than the writer put the item there. */
        FOREIGN,
        /** Written by a version of the kit that lays items out in another way. */
        UNKNOWN_LAYOUT,
        /** Parts are missing, or belong to different versions: the event was replaced while it was read. Read again. */
        TORN,
        /** The content contradicts its own description. */
        CORRUPT
    }
}
