package dev.ingestkit.core.item;

/** The reasons why an event is stored as bytes rather than as attributes. The names are part of the item layout. */
public enum BinaryReason {
    /** The root of the JSON text is not an object. */
    ROOT_NOT_OBJECT,
    /** A number has over 38 significant digits, is outside DynamoDB's range, or is a negative zero. */
    NUMBER,
    /** Objects and arrays are nested deeper than 32 levels. */
    NESTING,
    /** A field has an empty name, or one over 65,535 bytes. */
    NAME,
    /** An object has two fields of one name. */
    DUPLICATE_NAME,
    /** Text has half a surrogate pair, which UTF-8 cannot hold. */
    TEXT,
    /** The event would exceed DynamoDB's 400 KB as attributes. */
    SIZE
}
