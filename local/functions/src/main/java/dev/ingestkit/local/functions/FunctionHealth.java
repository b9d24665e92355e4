package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A function's health: whether its handler loads, and which code it runs. Immutable.
 *
 * @param starting whether the first environment is still loading the handler
 * @param error the error with which the handler failed to load; empty if it loaded, or is still loading
 * @param code the state of the code that was built last
 * @param codeError why the code was rejected; empty unless it was
 */
public record FunctionHealth(boolean starting, Optional<String> error, Code code, Optional<String> codeError) {

    /** The states of the code that was built last. */
    public enum Code {
        /** The function runs it. */
        CURRENT,
        /** Being written or loaded. */
        LOADING,
        /** Failed to load, so the function runs the code before it. */
        REJECTED
    }

    public FunctionHealth {
        requireNonNull(error, "error");
        requireNonNull(code, "code");
        requireNonNull(codeError, "codeError");
    }
}
