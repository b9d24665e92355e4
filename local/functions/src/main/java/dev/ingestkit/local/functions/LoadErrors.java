package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reasons why the code of one function does not run. Thread-safe. */
final class LoadErrors {

    private final FunctionServices services;
    private final String function;
    private volatile @Nullable String init;
    private volatile @Nullable String reload;
    private volatile boolean initialized;

    LoadErrors(FunctionServices services, String function) {
        this.services = requireNonNull(services, "services");
        this.function = requireNonNull(function, "function");
    }

    /** Returns the error with which the handler could not be loaded; empty if it was, or is still being loaded. */
    Optional<String> ofHandler() {
        return Optional.ofNullable(init);
    }

    /** Returns why the code that was built last does not run. */
    Optional<String> ofNewCode() {
        return Optional.ofNullable(reload);
    }

    /** Returns whether the handler has been loaded or has failed to load at least once. */
    boolean isInitialized() {
        return initialized;
    }

    void initFailed(String reason) {
        init = reason;
        initialized = true;
    }

    void loaded() {
        init = null;
        initialized = true;
    }

    /** Reports that the function keeps its old code. */
    void reloadFailed(String reason) {
        reload = reason;
        services.reloadFailed(function, reason);
    }

    void reloaded() {
        reload = null;
    }
}
