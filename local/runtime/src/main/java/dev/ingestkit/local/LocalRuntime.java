package dev.ingestkit.local;

import dev.ingestkit.local.journal.Journal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A running stack: owns the port, the services, the function JVMs and the mappings, and ends them all on
 * {@link #close}. Several may run in one process on different ports. Thread-safe.
 */
public interface LocalRuntime extends AutoCloseable {

    /**
     * Starts a stack and returns when its port answers, its resources exist and its mappings deliver.
     *
     * @throws StartException when it cannot run: the template, the port, a jar that is missing; nothing is left behind
     */
    static LocalRuntime start(LocalRuntimeConfig config) {
        return EmbeddedRuntime.start(config);
    }

    /** What the template asks for and this runtime does not run, one line each. */
    List<String> warnings();

    /** What happens to events, as it happens. */
    Journal journal();

    /** {@code http://localhost:PORT}. */
    URI endpoint();

    /** The stack's outputs by name, as DescribeStacks gives them. */
    Map<String, String> outputs();

    /** Ends when somebody asked the runtime to stop over its port. Closing is still the owner's part. */
    CompletableFuture<Void> stopRequested();

    /** Stops accepting, lets running invocations end for a moment, ends every child JVM. Idempotent. */
    @Override
    void close();
}
