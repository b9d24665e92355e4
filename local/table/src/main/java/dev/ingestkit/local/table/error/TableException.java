package dev.ingestkit.local.table.error;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An error answer of DynamoDB: status, error type, message and the members that some errors add. Carries no stack
 * trace: a failed condition is an ordinary answer. Immutable.
 */
public final class TableException extends RuntimeException {
    private static final String CORAL_SERVICE = "com.amazon.coral.service#";
    private static final String CORAL_VALIDATE = "com.amazon.coral.validate#";
    private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";

    private final int status;
    private final String type;
    private final transient @Nullable Members members;

    /** Writes the members that an error has besides its type and message, such as {@code CancellationReasons}. */
    @FunctionalInterface
    public interface Members {
        /** Writes the members into the open JSON object. */
        void write(JsonGenerator json) throws IOException;
    }

    /** Creates an error answer; {@code message} may be absent, as with some SerializationExceptions. */
    public TableException(int status, String type, @Nullable String message, @Nullable Members members) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.members = members;
    }

    /** Returns a ValidationException, DynamoDB's answer to an invalid request. */
    public static TableException validation(String message) {
        return new TableException(400, CORAL_VALIDATE + "ValidationException", message, null);
    }

    /** Returns a SerializationException: a request body that is not of the API's form. */
    public static TableException serialization(@Nullable String message) {
        return new TableException(400, CORAL_SERVICE + "SerializationException", message, null);
    }

    /** Returns an error of DynamoDB's own model by its short name, such as {@code ResourceNotFoundException}. */
    public static TableException of(String name, String message) {
        return new TableException(400, DYNAMODB + name, message, null);
    }

    /** Returns an error of DynamoDB's own model with further members. */
    public static TableException of(String name, String message, @Nullable Members members) {
        return new TableException(400, DYNAMODB + name, message, members);
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the qualified error type, as in the answer's {@code __type}. */
    public String type() {
        return type;
    }

    /** Returns the error's name: the type after the number sign. */
    public String name() {
        return type.substring(type.indexOf('#') + 1);
    }

    /** Returns the writer of the further members, or null if the error has none. */
    public @Nullable Members members() {
        return members;
    }
}
