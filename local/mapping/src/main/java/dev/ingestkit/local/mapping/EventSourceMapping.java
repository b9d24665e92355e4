package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.Shard;
import dev.ingestkit.local.mapping.checkpoint.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event source mapping from a stream of Kinesis or DynamoDB to a function. Each record is delivered at least once,
 * in order within its shard (with a parallelization factor: within its key), or is given up by the mapping's limits
 * and reported to the on-failure destination. Delivery begins as soon as a record is put: where AWS polls a shard about
 * once a second, this mapping is woken.
 *
 * <p>Thread-safe. Changes are applied one after another; each returns a future that completes when the change is in
 * effect.
 */
public final class EventSourceMapping implements AutoCloseable {

    private final MappingEnvironment environment;
    private final MappingMeter meter = new MappingMeter();
    private final ShardFamily family = new ShardFamily();
    private volatile MappingConfig config;
    private volatile MappingState state = MappingState.CREATING;
    private volatile Instant lastModified;
    private CompletableFuture<Void> lastChange = CompletableFuture.completedFuture(null);
    private boolean running;
    private boolean closed;
    private int failures;

    /**
     * Creates a mapping that is not started.
     *
     * @param environment used by this mapping alone; its event loop is closed with the mapping
     */
    public EventSourceMapping(MappingConfig config, MappingEnvironment environment) {
        this.config = requireNonNull(config, "config");
        this.environment = requireNonNull(environment, "environment");
        this.lastModified = environment.clock().instant();
    }

    /**
     * Lists the shards and starts delivery. With LATEST every record put after the returned future has completed is
     * delivered, and no record put before this call. Fails when the checkpoints cannot be loaded: starting over would
     * deliver all records again.
     */
    public CompletableFuture<Void> start() {
        Instant created = environment.clock().instant();
        return change(MappingState.CREATING, () -> discover(true, created).thenRun(this::settle));
    }

    /** Resumes delivery where the mapping stopped. */
    public CompletableFuture<Void> enable() {
        return reconfigure(
                MappingState.ENABLING,
                current -> current.toBuilder().enabled(true).build());
    }

    /** Stops delivery, after waiting for invocations in flight. The position is kept. */
    public CompletableFuture<Void> disable() {
        return reconfigure(
                MappingState.DISABLING,
                current -> current.toBuilder().enabled(false).build());
    }

    /**
     * Changes the configuration without losing the position: invocations in flight finish with the old one. A batch
     * that was being retried is delivered again, with new counts.
     *
     * @throws IllegalArgumentException when the id or the stream changes
     */
    public CompletableFuture<Void> update(MappingConfig next) {
        if (!next.uuid().equals(config.uuid()) || !next.eventSourceArn().equals(config.eventSourceArn())) {
            throw new IllegalArgumentException("an update keeps the mapping's id and stream: " + config.uuid());
        }
        return reconfigure(MappingState.UPDATING, current -> next);
    }

    private CompletableFuture<Void> reconfigure(MappingState during, Function<MappingConfig, MappingConfig> to) {
        return change(
                during,
                () -> pauseAll().thenRun(() -> {
                    config = to.apply(config);
                    lastModified = environment.clock().instant();
                    settle();
                }));
    }

    /** Stops the mapping: waits for invocations in flight and keeps the position for another mapping of the same id. */
    public CompletableFuture<Void> stop() {
        return change(MappingState.DELETING, () -> pauseAll().thenRun(this::end));
    }

    /** Stops the mapping and deletes its position. */
    public CompletableFuture<Void> delete() {
        return change(
                MappingState.DELETING,
                () -> pauseAll().thenRun(() -> {
                    environment.checkpoints().delete(config.uuid());
                    end();
                }));
    }

    /** Stops the mapping at once: records in flight are delivered again by the next mapping of the same id. */
    @Override
    public void close() {
        environment.loop().execute(this::end);
    }

    /** Returns the current configuration. */
    public MappingConfig config() {
        return config;
    }

    /** Returns the current state. */
    public MappingState state() {
        return state;
    }

    /** Returns the time at which the mapping was created or last changed. */
    public Instant lastModified() {
        return lastModified;
    }

    /** Returns the counts so far. */
    public MappingMetrics metrics() {
        return meter.snapshot(
                family.consumers().stream().map(ShardConsumer::metrics).toList());
    }

    private CompletableFuture<Void> change(MappingState during, Supplier<CompletionStage<Void>> work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        environment.loop().execute(() -> {
            lastChange = lastChange.handle((nothing, failure) -> during).thenCompose(next -> {
                if (closed) {
                    throw new IllegalStateException("the mapping %s is closed".formatted(config.uuid()));
                }
                state = next;
                return work.get();
            });
            CompletionStage<?> unused = lastChange.whenComplete((nothing, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        });
        return done;
    }

    private void settle() {
        running = config.settings().enabled();
        state = running ? MappingState.ENABLED : MappingState.DISABLED;
        resumeReady();
    }

    private void resumeReady() {
        if (running) {
            MappingConfig current = config;
            family.ready().forEach(consumer -> consumer.resume(current));
        }
    }

    private CompletableFuture<Void> pauseAll() {
        running = false;
        return CompletableFuture.allOf(
                family.consumers().stream().map(ShardConsumer::pause).toArray(CompletableFuture<?>[]::new));
    }

    private void end() {
        if (!closed) {
            closed = true;
            running = false;
            state = MappingState.DELETING;
            family.consumers().forEach(ShardConsumer::close);
            environment.loop().close();
        }
    }

    /** Lists the shards, with retries, and adds the new ones. */
    private CompletableFuture<Void> discover(boolean first, Instant created) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        discover(first, created, done);
        return done;
    }

    private void discover(boolean first, Instant created, CompletableFuture<Void> done) {
        CompletionStage<List<Shard>> listed;
        try {
            listed = environment.source().shards();
        } catch (RuntimeException failure) {
            listed = CompletableFuture.failedFuture(failure);
        }
        CompletionStage<?> unused =
                listed.whenComplete((shards, failure) -> environment.loop().execute(() -> {
                    if (shards == null) {
                        listFailed(failure, () -> discover(first, created, done));
                    } else {
                        failures = 0;
                        found(shards, first, created, done);
                    }
                }));
    }

    private void found(List<Shard> shards, boolean first, Instant created, CompletableFuture<Void> done) {
        try {
            CompletionStage<?> unused = addNew(shards, first, created).thenRun(() -> done.complete(null));
        } catch (RuntimeException unreadable) {
            meter.error("the checkpoints could not be loaded: " + unreadable.getMessage());
            done.completeExceptionally(unreadable);
        }
    }

    private void listFailed(@Nullable Throwable failure, Runnable again) {
        failures++;
        meter.sourceFailures.incrementAndGet();
        meter.error("the shards of %s could not be listed: %s"
                .formatted(config.streamArn(), failure == null ? "" : failure.getMessage()));
        Duration wait = environment.failures().waitAfter(failures);
        environment.loop().schedule(wait, () -> {
            if (!closed) {
                again.run();
            }
        });
    }

    private CompletableFuture<Void> addNew(List<Shard> shards, boolean first, Instant created) {
        Map<String, String> checkpoints = environment.checkpoints().load(config.uuid());
        boolean fresh = first && checkpoints.isEmpty();
        List<CompletableFuture<Void>> opened = new ArrayList<>();
        for (Shard shard : shards) {
            if (!family.knows(shard.id())) {
                String text = checkpoints.get(shard.id());
                ShardConsumer consumer = consumer(shard.id(), fresh, text == null ? null : Checkpoint.parse(text));
                family.add(shard, consumer);
                if (fresh && startsAtLatest()) {
                    consumer.save(new Checkpoint.Since(created));
                    opened.add(consumer.open());
                }
            }
        }
        return CompletableFuture.allOf(opened.toArray(CompletableFuture<?>[]::new));
    }

    private ShardConsumer consumer(String shardId, boolean fresh, @Nullable Checkpoint checkpoint) {
        SequenceNumber done = null;
        boolean drained = false;
        Position start = start(fresh);
        if (checkpoint != null) {
            switch (checkpoint.kind()) {
                case DONE -> done = ((Checkpoint.Done) checkpoint).sequenceNumber();
                case SHARD_END -> drained = true;
                case SINCE -> start = new Position.AtTimestamp(((Checkpoint.Since) checkpoint).time());
            }
        }
        ShardConsumer consumer =
                new ShardConsumer(shardId, config, environment, meter, start, done, this::shardDrained);
        if (drained) {
            consumer.markDrained();
        }
        return consumer;
    }

    /** A shard that is found later is read from its beginning, even if the first ones started at LATEST. */
    private Position start(boolean fresh) {
        boolean latest = startsAtLatest();
        return latest && !fresh
                ? new Position.TrimHorizon()
                : Position.of(config.settings().startingPosition());
    }

    private boolean startsAtLatest() {
        return config.settings().startingPosition().kind() == StartingPosition.Kind.LATEST;
    }

    private void shardDrained() {
        resumeReady();
        CompletionStage<?> unused =
                discover(false, environment.clock().instant()).thenRun(this::resumeReady);
    }
}
