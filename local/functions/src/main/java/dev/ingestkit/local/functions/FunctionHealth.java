package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a function does. Immutable.
 *
 * @param error the error with which its handler could not be loaded; empty if it was, or is still being loaded
 * @param code whether it runs the code that was built last
 * @param codeError why it does not; empty unless the code was rejected
 */
public record FunctionHealth(Optional<String> error, Code code, Optional<String> codeError) {

    /** The states of the code that was built last. */
    public enum Code {
        /** It runs. */
        CURRENT,
        /** It is being written or loaded. */
        LOADING,
        /** It cannot be loaded, so the code before it runs. */
        REJECTED
    }

    public FunctionHealth {
        requireNonNull(error, "error");
        requireNonNull(code, "code");
        requireNonNull(codeError, "codeError");
    }
}
