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

    /** Returns the problem with the items. */
    public Kind kind() {
        return kind;
    }

    /** The ways in which an event's items can be wrong. */
    public enum Kind {
        /** Part 0 has no {@code _ingest} map: another program than the writer put the item. */
        FOREIGN,
        /** The item was written by a version of the kit with another item layout. */
        UNKNOWN_LAYOUT,
        /** Parts are missing, or belong to different versions: the event was replaced while it was read. Read again. */
        TORN,
        /** The content contradicts the metadata. */
        CORRUPT
    }
}
