package dev.ingestkit.local.events;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Unwraps the failures of completion stages. */
public final class Completions {

    private Completions() {}

    /**
     * Returns the failure itself, without the {@link CompletionException} or {@link ExecutionException} that a stage
     * wraps around it on the way to its dependents.
     */
    public static Throwable unwrap(Throwable failure) {
        Throwable unwrapped = failure;
        Throwable cause = unwrapped.getCause();
        while (cause != null && (unwrapped instanceof CompletionException || unwrapped instanceof ExecutionException)) {
            unwrapped = cause;
            cause = unwrapped.getCause();
        }
        return unwrapped;
    }
}
