package dev.ingestkit.local.functions;

import dev.ingestkit.local.functions.process.Interpreters;
import dev.ingestkit.local.journal.Origins;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The functions of a runtime: in processes of their own ({@link FunctionRuntime}) or in this one ({@link
 * InProcessFunctions}). Thread-safe.
 */
public interface FunctionHost extends FunctionInvoker, AutoCloseable {

    /** Opens a runtime's functions, none at first. */
    @FunctionalInterface
    interface Factory {

        /**
         * Opens a host.
         *
         * @throws IOException if its temporary folder cannot be written
         */
        FunctionHost open(FunctionRuntimeOptions options) throws IOException;

        /** Returns whether the template's code must exist; a host may find a function's classes elsewhere. */
        default boolean needsCode() {
            return true;
        }

        /** Returns why functions of a Lambda runtime do not run in the host; empty if they do. */
        default Optional<String> obstacle(String runtime) {
            return runtime.startsWith("java")
                    ? Optional.empty()
                    : Interpreters.ofThisMachine().obstacle(runtime);
        }
    }

    /** Returns what tells the invocation that a call with a trace header came from. */
    Origins origins();

    /**
     * Adds a function.
     *
     * @throws IOException if the code is missing, unreadable, or not an archive that Lambda accepts
     * @throws IllegalArgumentException if the name is taken, or the host cannot run the function's runtime
     */
    void register(FunctionConfig config) throws IOException;

    /**
     * Changes a function's configuration or code.
     *
     * @throws IOException as {@link #register}
     * @throws IllegalArgumentException if no function has that name
     */
    void replace(FunctionConfig config) throws IOException;

    /** Removes a function; an unknown name changes nothing. */
    void remove(String name);

    /** Returns the functions, by name. */
    List<FunctionConfig> functions();

    /**
     * Returns the configuration of a function.
     *
     * @param function name or ARN, with or without qualifier
     */
    Optional<FunctionConfig> function(String function);

    /** Returns the process ids of a function's own JVMs; empty if it has none. */
    List<Long> processes(String function);

    /** Returns how a function is: whether it runs, or why it cannot; empty for an unknown one. */
    Optional<FunctionHealth> health(String function);

    /** Stops all functions and deletes their unpacked code. Idempotent. */
    @Override
    void close();
}
