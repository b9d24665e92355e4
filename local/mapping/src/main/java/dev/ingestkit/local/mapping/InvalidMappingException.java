package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

/** Thrown for a mapping's configuration that AWS rejects, with the Lambda API's error code and message. */
public final class InvalidMappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    InvalidMappingException(String code, String message) {
        super(requireNonNull(message, "message"));
        this.code = requireNonNull(code, "code");
    }

    /**
     * Returns {@code ValidationException} for a value out of range, else {@code InvalidParameterValueException}; HTTP
     * 400.
     */
    public String code() {
        return code;
    }

    /** Returns the refusal of a number out of its bounds. */
    public static InvalidMappingException outOfRange(String member, long value, String bound) {
        return new InvalidMappingException(
                "ValidationException",
                "1 validation error detected: Value '%d' at '%s' failed to satisfy constraint: Member must have value %s"
                        .formatted(value, member, bound));
    }

    /** Returns the refusal of any other value. */
    public static InvalidMappingException invalidValue(String message) {
        return new InvalidMappingException("InvalidParameterValueException", message);
    }
}
