package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.mapping.EventSourceMapping;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.MappingEnvironment;
import dev.ingestkit.local.mapping.StreamSource;
import dev.ingestkit.local.mapping.checkpoint.CheckpointStore;
import dev.ingestkit.local.mapping.failure.FailureDestination;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The event source mappings of a runtime, by id. Thread-safe. */
public final class Mappings implements MappingCatalog, AutoCloseable {

    private static final long SECONDS_TO_START = 30;

    private final Journal journal;
    private final Clock clock;
    private final FunctionInvoker functions;
    private final FailureDestination destination;
    private final CheckpointStore checkpoints;
    private final Function<MappingConfig, StreamSource> streams;
    private final MappingStorage storage;
    private final Map<String, EventSourceMapping> running = new ConcurrentHashMap<>();

    /**
     * Creates a runtime's mappings, none at first.
     *
     * @param streams finds a mapping's stream; throws IllegalArgumentException for an unknown one
     * @param storage keeps the changes of clients
     */
    public Mappings(
            Journal journal,
            Clock clock,
            FunctionInvoker functions,
            FailureDestination destination,
            CheckpointStore checkpoints,
            Function<MappingConfig, StreamSource> streams,
            MappingStorage storage) {
        this.journal = requireNonNull(journal, "journal");
        this.clock = requireNonNull(clock, "clock");
        this.functions = requireNonNull(functions, "functions");
        this.destination = requireNonNull(destination, "destination");
        this.checkpoints = requireNonNull(checkpoints, "checkpoints");
        this.streams = requireNonNull(streams, "streams");
        this.storage = requireNonNull(storage, "storage");
    }

    /**
     * Starts a template's mapping, as a client has changed it since, and waits until it delivers; does nothing if a client
     * has deleted it.
     */
    public void start(MappingConfig config) {
        storage.ofTemplate(config).ifPresent(this::startAndWait);
    }

    /** Starts the mappings that clients of an earlier process have created, and waits until they deliver. */
    public void startCreated() {
        storage.created().forEach(config -> MappingStorage.start(config.eventSourceArn(), () -> startAndWait(config)));
    }

    private void startAndWait(MappingConfig config) {
        await(begin(config).start(), config.eventSourceArn());
    }

    private static void await(CompletableFuture<Void> change, String source) {
        try {
            change.get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a mapping started", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the mapping of %s does not start".formatted(source), failed);
        }
    }

    /**
     * Changes a mapping as its template has changed, and waits until it delivers by the new settings; an unknown one
     * changes nothing.
     */
    public void change(MappingConfig config) {
        storage.forget(config.uuid());
        var unused = storage.ofTemplate(config);
        EventSourceMapping mapping = running.get(config.uuid());
        if (mapping != null) {
            await(mapping.update(config), config.eventSourceArn());
        }
    }

    /** Deletes a mapping and waits until its invocations have ended; an unknown one changes nothing. */
    public void remove(String uuid) {
        storage.forget(uuid);
        EventSourceMapping mapping = running.get(uuid);
        if (mapping != null) {
            await(mapping.delete(), mapping.config().eventSourceArn());
            running.remove(uuid);
        }
    }

    private EventSourceMapping begin(MappingConfig config) {
        EventSourceMapping mapping = new EventSourceMapping(config, environment(streams.apply(config)));
        running.put(config.uuid(), mapping);
        return mapping;
    }

    private MappingEnvironment environment(StreamSource source) {
        return MappingEnvironment.of(source, functions, destination, checkpoints, journal, clock);
    }

    /** Returns all mappings, by id. */
    public List<EventSourceMapping> all() {
        List<EventSourceMapping> mappings = new ArrayList<>(running.values());
        mappings.sort(Comparator.comparing(mapping -> mapping.config().uuid()));
        return mappings;
    }

    @Override
    public List<Entry> mappings() {
        return all().stream().map(Mappings::entry).toList();
    }

    @Override
    public CompletableFuture<Entry> create(MappingConfig config) {
        Optional<EventSourceMapping> same = all().stream()
                .filter(mapping -> mapping.config().eventSourceArn().equals(config.eventSourceArn())
                        && mapping.config().functionArn().equals(config.functionArn()))
                .findFirst();
        if (same.isPresent()) {
            return CompletableFuture.failedFuture(exists(
                    config.eventSourceArn(),
                    config.functionArn(),
                    same.get().config().uuid()));
        }
        Optional<ServiceException> refused = refused(config);
        if (refused.isPresent()) {
            return CompletableFuture.failedFuture(refused.get());
        }
        EventSourceMapping mapping;
        try {
            mapping = begin(config);
        } catch (IllegalArgumentException noStream) {
            return CompletableFuture.failedFuture(ServiceException.badRequest(
                    "InvalidParameterValueException", String.valueOf(noStream.getMessage())));
        }
        storage.changed(config);
        CompletableFuture<Void> started = mapping.start();
        return listed(mapping, started);
    }

    static ServiceException exists(String eventSourceArn, String functionArn, String uuid) {
        return new ServiceException(
                "ResourceConflictException",
                409,
                ("The event source arn (\" %s \") and function (\" %s \") provided mapping already exists. Please"
                                + " update or delete the existing mapping with UUID %s")
                        .formatted(eventSourceArn, functionArn, uuid));
    }

    @Override
    public CompletableFuture<Entry> update(MappingConfig config) {
        EventSourceMapping mapping = running.get(config.uuid());
        if (mapping == null) {
            return unknown(config.uuid());
        }
        return refused(config)
                .<CompletableFuture<Entry>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> {
                    storage.changed(config);
                    return listed(mapping, mapping.update(config));
                });
    }

    /**
     * Refuses unsupported destinations of calls. A template's mapping gets a warning instead, since it deploys on AWS.
     */
    private static Optional<ServiceException> refused(MappingConfig config) {
        return config.settings()
                .onFailure()
                .filter(arn -> !Destinations.canReach(arn))
                .map(arn -> ServiceException.badRequest(
                        "InvalidParameterValueException",
                        "The embedded runtime sends on-failure messages to SQS queues, SNS topics and S3 buckets only,"
                                + " not to "
                                + arn));
    }

    @Override
    public CompletableFuture<Entry> delete(String uuid) {
        EventSourceMapping mapping = running.get(uuid);
        if (mapping == null) {
            return unknown(uuid);
        }
        // Before the position, without which the mapping would read its stream again.
        storage.deleted(uuid);
        CompletableFuture<Void> deleted = mapping.delete().thenRun(() -> running.remove(uuid));
        return listed(mapping, deleted);
    }

    /** Returns the mapping as it is now; the change continues, and its failure shows in the mapping's state. */
    private static CompletableFuture<Entry> listed(EventSourceMapping mapping, CompletableFuture<Void> change) {
        return change.isCompletedExceptionally()
                ? change.thenApply(done -> entry(mapping))
                : CompletableFuture.completedFuture(entry(mapping));
    }

    private static CompletableFuture<Entry> unknown(String uuid) {
        return CompletableFuture.failedFuture(new ServiceException(
                "ResourceNotFoundException", 404, "The resource you requested does not exist. (" + uuid + ")"));
    }

    private static Entry entry(EventSourceMapping mapping) {
        return new Entry(
                mapping.config(),
                mapping.state(),
                mapping.lastModified(),
                mapping.metrics().lastProcessingResult());
    }

    /** Stops all mappings, which keep their positions; completes when no invocation is in flight. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.allOf(
                running.values().stream().map(EventSourceMapping::stop).toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void close() {
        running.values().forEach(EventSourceMapping::close);
        running.clear();
    }
}
