package dev.ingestkit.local.mapping.queue;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.mapping.MappingState;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One event source mapping from an SQS queue to a function. Each message is delivered at least once; a message of a
 * failed invocation returns to the queue after its visibility timeout, and the queue's redrive policy decides when it
 * is given up. A FIFO queue's groups are delivered in order, one batch of a group at a time.
 *
 * <p>Thread-safe. Changes are applied one after another; each returns a future that completes when the change is in
 * effect.
 */
public final class QueueMapping implements AutoCloseable {

    private final QueueEnvironment environment;
    private final QueueMeter meter = new QueueMeter();
    private volatile QueueMappingConfig config;
    private volatile MappingState state = MappingState.CREATING;
    private volatile Instant lastModified;
    private CompletableFuture<Void> lastChange = CompletableFuture.completedFuture(null);
    private @Nullable QueuePoller poller;
    private boolean closed;

    /**
     * Creates a mapping that is not started.
     *
     * @param environment used by this mapping alone; its event loop is closed with the mapping
     */
    public QueueMapping(QueueMappingConfig config, QueueEnvironment environment) {
        this.config = requireNonNull(config, "config");
        this.environment = requireNonNull(environment, "environment");
        this.lastModified = environment.clock().instant();
    }

    /** Starts delivery, if the mapping is enabled. */
    public CompletableFuture<Void> start() {
        return change(MappingState.CREATING, UnaryOperator.identity());
    }

    /** Changes the configuration; invocations in flight end with the old one. */
    public CompletableFuture<Void> update(QueueMappingConfig next) {
        if (!next.uuid().equals(config.uuid()) || !next.queueArn().equals(config.queueArn())) {
            throw new IllegalArgumentException("an update keeps the mapping's id and queue: " + config.uuid());
        }
        lastModified = environment.clock().instant();
        return change(MappingState.UPDATING, current -> next);
    }

    /** Stops delivery when the invocations in flight have ended. */
    public CompletableFuture<Void> delete() {
        return enqueue(MappingState.DELETING, () -> pause().thenRun(this::end));
    }

    /** Stops the mapping at once; messages in flight reappear in the queue. */
    @Override
    public void close() {
        environment.loop().execute(() -> {
            var unused = pause();
            end();
        });
    }

    /** Returns the current configuration. */
    public QueueMappingConfig config() {
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
    public QueueMappingMetrics metrics() {
        return meter.snapshot();
    }

    private CompletableFuture<Void> change(MappingState during, UnaryOperator<QueueMappingConfig> to) {
        return enqueue(
                during,
                () -> pause().thenRun(() -> {
                    config = to.apply(config);
                    resume();
                }));
    }

    private CompletableFuture<Void> enqueue(MappingState during, Supplier<CompletableFuture<Void>> work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        environment.loop().execute(() -> {
            lastChange = lastChange.handle((nothing, failure) -> during).thenCompose(next -> {
                if (closed) {
                    throw new IllegalStateException("the mapping %s is closed".formatted(config.uuid()));
                }
                state = next;
                return work.get();
            });
            var unused = lastChange.whenComplete((nothing, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        });
        return done;
    }

    private CompletableFuture<Void> pause() {
        QueuePoller current = poller;
        poller = null;
        return current == null ? CompletableFuture.completedFuture(null) : current.pause();
    }

    private void resume() {
        boolean enabled = config.settings().enabled();
        state = enabled ? MappingState.ENABLED : MappingState.DISABLED;
        if (enabled) {
            poller = new QueuePoller(config, environment, meter);
            poller.drive();
        }
    }

    private void end() {
        closed = true;
        state = MappingState.DELETING;
        environment.loop().close();
    }
}
