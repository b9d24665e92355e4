package dev.ingestkit.local;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A running stack: owns the port, the services, the function JVMs and the mappings, and ends them all on
 * {@link #close}. Several may run in one process on different ports. Thread-safe.
 */
public interface LocalRuntime extends AutoCloseable {

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
