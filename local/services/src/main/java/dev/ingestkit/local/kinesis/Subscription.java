package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.http.StreamingBody;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription to a shard: pushes records as they arrive, and an empty event after every five seconds without
 * records. Ends after five minutes, at the end of the shard, or when the client disconnects. Confined to the
 * scheduler's one thread, so its state needs no lock; {@link #cancel} may be called by any thread.
 */
final class Subscription implements StreamingBody {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final int MAX_RECORDS = 10_000;
    private static final long MAX_BYTES = 1 << 20;

    /** A consumer has 2 MiB per second of each shard to itself. */
    private static final long BYTES_PER_SECOND = 2 << 20;

    private final Source source;
    private final SubscriptionPayloads payloads;
    private final ScheduledExecutorService scheduler;
    private final Pace pace;
    private final KinesisErrors errors;
    private final Instant startedAt;
    private long position;
    private @Nullable Sink sink;
    private @Nullable ShardWaiter waiter;
    private volatile Runnable onEnd = () -> {};
    private volatile boolean done;
    private boolean ready = true;
    private long lastEventMillis;

    /**
     * The shard to read.
     *
     * @param from the first position
     */
    record Source(KinesisStream stream, Shard shard, long from) {}

    /**
     * The timing of a subscription.
     *
     * @param lifetime the time after which it ends
     * @param heartbeat the time without records before an empty event
     * @param limits whether to push no more than AWS would
     */
    record Pace(Duration lifetime, Duration heartbeat, boolean limits) {

        static Pace ofAws(boolean limits) {
            return new Pace(Duration.ofMinutes(5), Duration.ofSeconds(5), limits);
        }
    }

    Subscription(
            Source source,
            SubscriptionPayloads payloads,
            ScheduledExecutorService scheduler,
            Pace pace,
            KinesisErrors errors) {
        this.source = requireNonNull(source, "source");
        this.payloads = requireNonNull(payloads, "payloads");
        this.scheduler = requireNonNull(scheduler, "scheduler");
        this.pace = requireNonNull(pace, "pace");
        this.errors = requireNonNull(errors, "errors");
        this.position = source.from();
        this.startedAt = Instant.ofEpochMilli(source.stream().nowMillis());
    }

    Instant startedAt() {
        return startedAt;
    }

    void onEnd(Runnable action) {
        onEnd = action;
    }

    @Override
    public void start(Sink target) {
        target.onClosed(this::cancel);
        schedule(Duration.ZERO, () -> {
            sink = target;
            send(EventStreamFrame.event("initial-response", payloads.contentType(), payloads.empty()));
            schedule(pace.lifetime(), this::cancel);
            schedule(pace.heartbeat(), this::sendHeartbeat);
            pump();
        });
    }

    private void schedule(Duration delay, Runnable work) {
        try {
            var unused = scheduler.schedule(() -> runSafely(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            finish();
        }
    }

    /** Ends the subscription on an unexpected exception, so that its client does not wait forever. */
    private void runSafely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException unexpected) {
            LOG.error(
                    "subscription to {} of stream {} failed",
                    source.shard().id(),
                    source.stream().name(),
                    unexpected);
            finish();
        }
    }

    /** Sends available records, then waits for more. */
    private void pump() {
        if (done) {
            return;
        }
        if (source.stream().status() == StreamStatus.DELETING) {
            fail(errors.streamNotFound(source.stream().name()));
            return;
        }
        ShardRead read = source.shard()
                .read(
                        position,
                        MAX_RECORDS,
                        MAX_BYTES,
                        source.stream().nowMillis(),
                        source.stream().settings().encrypted());
        position = read.next();
        if (read.atEnd()) {
            List<Shard> children =
                    source.stream().shards().childrenOf(source.shard().id());
            send(event(payloads.event(read, null, children)));
            cancel();
        } else if (read.records().isEmpty()) {
            await();
        } else {
            send(event(payloads.event(read, continuation(), List.of())));
            Duration pause = pause(read.bytes());
            ready = false;
            target().whenReady(() -> schedule(pause, this::resume));
        }
    }

    private void resume() {
        ready = true;
        pump();
    }

    private Sink target() {
        return requireNonNull(sink, "sink");
    }

    private Duration pause(long bytes) {
        return pace.limits() ? Duration.ofMillis(bytes * 1000 / BYTES_PER_SECOND) : Duration.ZERO;
    }

    private void await() {
        ShardWaiter next = source.shard().await(position);
        waiter = next;
        var unused = next.woken().thenRun(() -> schedule(Duration.ZERO, this::pump));
    }

    private void sendHeartbeat() {
        if (done) {
            return;
        }
        // A client that has fallen behind needs no heartbeat.
        if (ready
                && source.stream().nowMillis() - lastEventMillis
                        >= pace.heartbeat().toMillis()) {
            ShardRead empty = new ShardRead(List.of(), position, false, 0, ShardRead.Skipped.NONE, 0);
            send(event(payloads.event(empty, continuation(), List.of())));
        }
        schedule(pace.heartbeat(), this::sendHeartbeat);
    }

    private EventStreamFrame event(byte[] payload) {
        return EventStreamFrame.event("SubscribeToShardEvent", payloads.contentType(), payload);
    }

    private SequenceNumber continuation() {
        return source.shard().sequenceNumberBefore(position, source.stream().nowMillis());
    }

    private void fail(ServiceException error) {
        send(EventStreamFrame.exception(error.code(), payloads.contentType(), payloads.message(error.text())));
        cancel();
    }

    private void send(EventStreamFrame frame) {
        lastEventMillis = source.stream().nowMillis();
        if (!done && sink != null && !sink.write(frame.encode())) {
            cancel();
        }
    }

    /** Ends the subscription. Idempotent. */
    void cancel() {
        if (!done) {
            done = true;
            schedule(Duration.ZERO, this::finish);
        }
    }

    private void finish() {
        done = true;
        onEnd.run();
        ShardWaiter last = waiter;
        if (last != null) {
            source.shard().forget(last);
        }
        if (sink != null) {
            sink.end();
        }
    }
}
