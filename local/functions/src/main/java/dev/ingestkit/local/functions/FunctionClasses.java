package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** Loads the classes of functions that run in this process. Thread-safe. */
@FunctionalInterface
public interface FunctionClasses {

    /**
     * Loads a function's classes for one execution environment.
     *
     * @throws IOException if the code is missing, unreadable, or not an archive that Lambda accepts
     */
    Loaded load(Request request) throws IOException;

    /**
     * The execution environment to load classes for.
     *
     * @param config the function
     * @param lambda the jars of Lambda's runtime, which come first on the class path
     * @param environment the function's environment variables, Lambda's own included
     * @param output receives the function's output: the source, and a line without its terminator
     */
    record Request(
            FunctionConfig config,
            List<Path> lambda,
            Map<String, String> environment,
            BiConsumer<FunctionLog.Source, String> output) {

        public Request {
            requireNonNull(config, "config");
            lambda = List.copyOf(lambda);
            environment = Map.copyOf(environment);
            requireNonNull(output, "output");
        }
    }

    /** The classes of one execution environment. Used by one thread at a time; closed with the environment. */
    interface Loaded extends AutoCloseable {

        /** Returns the loader of the handler and of Lambda's runtime. */
        ClassLoader loader();

        /** Returns the handler to call, as a function's configuration names it. */
        default String handler(FunctionConfig config) {
            return config.code().handler();
        }

        /** Returns whether the threads that the handler starts are the function's, and end with its environment. */
        default boolean ownsThreads() {
            return true;
        }

        /** Tells that an invocation begins whose calls carry a trace header. */
        void begin(String traceHeader);

        /** Returns the status with which the handler asked to exit; empty if it did not. */
        OptionalInt exitStatus();

        @Override
        void close();
    }
}
