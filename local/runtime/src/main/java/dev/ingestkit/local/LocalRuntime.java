package dev.ingestkit.local;

import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionRuntime;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.state.Snapshots;
import dev.ingestkit.local.template.spec.StackResource;
import dev.ingestkit.local.time.RuntimeClock;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A running stack: owns the port, the services, the function JVMs and the mappings, and stops them all on {@link
 * #close}. Several may run in one process on different ports. Thread-safe.
 */
public interface LocalRuntime extends AutoCloseable {

    /**
     * Starts a stack and returns when its port answers, its resources exist and its mappings deliver.
     *
     * @throws StartException when the stack cannot run because of the template, the port or a missing jar; nothing is
     *     left behind
     */
    static LocalRuntime start(LocalRuntimeConfig config) {
        return EmbeddedRuntime.start(config, FunctionRuntime::new);
    }

    /**
     * Starts a stack whose functions another host runs than child JVMs.
     *
     * @throws StartException as {@link #start(LocalRuntimeConfig)}
     */
    static LocalRuntime start(LocalRuntimeConfig config, FunctionHost.Factory host) {
        return EmbeddedRuntime.start(config, host);
    }

    /** Returns the parts of the template that this runtime does not run, one line each. */
    List<String> warnings();

    /** Returns what became of resources that a changed template no longer describes as the data directory has them. */
    List<String> dataChanges();

    /** Returns the journal, which records the progress of each event as it happens. */
    Journal journal();

    /** Returns the clock that everything in the runtime waits by; it can be frozen and moved forward. */
    RuntimeClock clock();

    /** Returns the named states of this runtime's stack, which can be saved, loaded and deleted while it runs. */
    Snapshots snapshots();

    /** Returns {@code http://localhost:PORT}. */
    URI endpoint();

    /** Returns the stack's outputs by name, as DescribeStacks lists them. */
    Map<String, String> outputs();

    /** Returns the stack's resources with their physical ids, as the template describes them now. */
    List<StackResource> resources();

    /**
     * Returns to the state after the start, on the same port: streams, tables, queues and whatever else holds data are
     * new, mappings begin again, the journal is empty, faults are those of the start, and the clock shows the system's
     * time. Waits for work in progress. Functions keep running, with what they hold in memory.
     *
     * @throws IllegalStateException if the runtime keeps its data in a directory or at another endpoint
     */
    void reset();

    /**
     * Returns a future that completes when a client asks the runtime to stop over its port. The owner still has to
     * close it.
     */
    CompletableFuture<Void> stopRequested();

    /**
     * Stops accepting requests, gives invocations in flight a moment to complete, stops every child JVM. Idempotent.
     */
    @Override
    void close();
}
