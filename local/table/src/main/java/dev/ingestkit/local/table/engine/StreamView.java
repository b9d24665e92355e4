package dev.ingestkit.local.table.engine;

/** The StreamViewType: which images of an item a stream record holds. */
public enum StreamView {
    /** The keys alone. */
    KEYS_ONLY,
    /** The item after the change. */
    NEW_IMAGE,
    /** The item before the change. */
    OLD_IMAGE,
    /** Both. */
    NEW_AND_OLD_IMAGES
}
