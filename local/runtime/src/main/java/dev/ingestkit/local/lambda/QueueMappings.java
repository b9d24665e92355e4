package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.mapping.queue.QueueEnvironment;
import dev.ingestkit.local.mapping.queue.QueueMapping;
import dev.ingestkit.local.mapping.queue.QueueMappingConfig;
import dev.ingestkit.local.mapping.queue.QueueSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The event source mappings of a runtime whose sources are queues, by id. Thread-safe. */
public final class QueueMappings implements AutoCloseable {

    private final Journal journal;
    private final Clock clock;
    private final FunctionInvoker functions;
    private final Function<Arn, QueueSource> queues;
    private final MappingStorage storage;
    private final Map<String, QueueMapping> running = new ConcurrentHashMap<>();

    /**
     * Creates a runtime's mappings, none at first.
     *
     * @param queues finds a queue; throws IllegalArgumentException for an unknown one
     * @param storage keeps the changes of clients
     */
    public QueueMappings(
            Journal journal,
            Clock clock,
            FunctionInvoker functions,
            Function<Arn, QueueSource> queues,
            MappingStorage storage) {
        this.journal = requireNonNull(journal, "journal");
        this.clock = requireNonNull(clock, "clock");
        this.functions = requireNonNull(functions, "functions");
        this.queues = requireNonNull(queues, "queues");
        this.storage = requireNonNull(storage, "storage");
    }

    /**
     * Starts a template's mapping, as a client has changed it since, unless a client has deleted it.
     *
     * @throws IllegalArgumentException if the queue does not exist
     */
    public void start(QueueMappingConfig config) {
        storage.ofTemplate(config).ifPresent(this::begin);
    }

    /** Starts the mappings that clients of an earlier process have created. */
    public void startCreated() {
        storage.createdOfQueues().forEach(config -> MappingStorage.start(config.queueArn(), () -> begin(config)));
    }

    /**
     * Creates a mapping and starts it.
     *
     * @throws IllegalArgumentException if the queue does not exist
     */
    QueueMapping create(QueueMappingConfig config) {
        QueueMapping mapping = begin(config);
        storage.changed(config);
        return mapping;
    }

    CompletableFuture<Void> update(QueueMapping mapping, QueueMappingConfig config) {
        storage.changed(config);
        return mapping.update(config);
    }

    private QueueMapping begin(QueueMappingConfig config) {
        Arn queue = Arn.parse(config.queueArn());
        QueueMapping mapping = new QueueMapping(
                config, QueueEnvironment.of(queue.resource(), queues.apply(queue), functions, journal, clock));
        running.put(config.uuid(), mapping);
        var unused = mapping.start();
        return mapping;
    }

    /**
     * Returns a queue's visibility timeout.
     *
     * @throws IllegalArgumentException if the queue does not exist
     */
    CompletionStage<Duration> visibilityTimeout(String queueArn) {
        return queues.apply(Arn.parse(queueArn)).visibilityTimeout();
    }

    /** Returns all mappings, by id. */
    public List<QueueMapping> all() {
        List<QueueMapping> mappings = new ArrayList<>(running.values());
        mappings.sort(Comparator.comparing(mapping -> mapping.config().uuid()));
        return mappings;
    }

    /** Returns a mapping; empty if there is none with this id. */
    Optional<QueueMapping> named(String uuid) {
        return Optional.ofNullable(running.get(uuid));
    }

    /** Stops a mapping and removes it when its invocations in flight have ended. */
    CompletableFuture<Void> delete(QueueMapping mapping) {
        storage.deleted(mapping.config().uuid());
        return mapping.delete().thenRun(() -> running.remove(mapping.config().uuid()));
    }

    /** Stops all mappings; completes when no invocation is in flight. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.allOf(
                running.values().stream().map(QueueMapping::delete).toArray(CompletableFuture<?>[]::new));
    }

    /** Stops a mapping without waiting for its invocations in flight; an unknown one changes nothing. */
    public void remove(String uuid) {
        storage.forget(uuid);
        QueueMapping mapping = running.remove(uuid);
        if (mapping != null) {
            var unused = mapping.delete();
        }
    }

    @Override
    public void close() {
        running.values().forEach(QueueMapping::close);
        running.clear();
    }
}
