package dev.ingestkit.core.item;

/** The forms in which an event's payload is stored in its items. */
public enum PayloadEncoding {
    /**
     * Each top-level field is an attribute. Values are restored equal: text exactly, numbers by their decimal value
     * ({@code 1.0} as {@code 1}), objects without the order of their fields; white space is lost.
     */
    ATTRIBUTES("attributes"),
    /** One binary attribute. The payload is restored byte for byte. */
    BINARY("binary"),
    /** Compressed with gzip and cut into chunks, one per part. The payload is restored byte for byte. */
    GZIP("gzip");

    private final String label;

    PayloadEncoding(String label) {
        this.label = label;
    }

    /** Returns the name stored in the item. */
    public String label() {
        return label;
    }

    static PayloadEncoding labeled(String label) throws ItemFormatException {
        for (PayloadEncoding encoding : values()) {
            if (encoding.label.equals(label)) {
                return encoding;
            }
        }
        throw new ItemFormatException(
                ItemFormatException.Kind.UNKNOWN_LAYOUT,
                "payload encoding '" + label + "' is unknown to this version; read the item with a newer one");
    }
}
