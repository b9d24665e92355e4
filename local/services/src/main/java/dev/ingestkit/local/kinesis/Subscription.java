package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

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
 * One subscription of a shard: pushes records as they come, an empty event every five seconds without any, and ends
 * after five minutes, at the shard's end, or when the client goes. Works on the scheduler's one thread, so its own state
 * needs no lock; {@link #end} may come from anywhere.
 */
final class Subscription implements StreamingBody {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final int MOST_RECORDS = 10_000;
    private static final long MOST_BYTES = 1 << 20;

    /** A consumer has 2 MiB a second of each shard to itself. */
    private static final long BYTES_PER_SECOND = 2 << 20;

    private final Source source;
    private final SubscriptionPayloads payloads;
    private final ScheduledExecutorService scheduler;
    private final Pace pace;
    private final KinesisErrors errors;
    private final Instant startedAt;
    private long position;
    private @Nullable Sink sink;
    private @Nullable Waiter waiter;
    private volatile Runnable whenEnded = () -> {};
    private volatile boolean ended;
    private boolean ready = true;
    private long lastEventMillis;

    /**
     * What is read.
     *
     * @param from the first position
     */
    record Source(KinesisStream stream, Shard shard, long from) {}

    /**
     * How it goes on.
     *
     * @param life after which it ends
     * @param heartbeat how long without records before an empty event
     * @param limits whether to push no more than AWS would
     */
    record Pace(Duration life, Duration heartbeat, boolean limits) {

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

    void whenEnded(Runnable action) {
        whenEnded = action;
    }

    @Override
    public void start(Sink target) {
        target.onClosed(this::end);
        later(Duration.ZERO, () -> {
            sink = target;
            send(EventStreamFrame.event("initial-response", payloads.contentType(), payloads.nothing()));
            later(pace.life(), this::end);
            later(pace.heartbeat(), this::beat);
            pump();
        });
    }

    private void later(Duration delay, Runnable work) {
        try {
            var unused = scheduler.schedule(() -> guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            finish();
        }
    }

    /** A mistake here must not leave a client waiting for ever. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException mistake) {
            LOG.error(
                    "The subscription of {} in stream {} ended by a mistake",
                    source.shard().id(),
                    source.stream().name(),
                    mistake);
            finish();
        }
    }

    /** Sends what is there, then waits for more. */
    private void pump() {
        if (ended) {
            return;
        }
        if (source.stream().status() == StreamStatus.DELETING) {
            fail(errors.streamNotFound(source.stream().name()));
            return;
        }
        ShardRead read = source.shard()
                .read(
                        position,
                        MOST_RECORDS,
                        MOST_BYTES,
                        source.stream().nowMillis(),
                        source.stream().settings().encrypted());
        position = read.next();
        if (read.atEnd()) {
            List<Shard> children =
                    source.stream().shards().childrenOf(source.shard().id());
            send(event(payloads.event(read, "", children)));
            end();
        } else if (read.records().isEmpty()) {
            await();
        } else {
            send(event(payloads.event(read, continuation(), List.of())));
            Duration pause = pause(read.bytes());
            ready = false;
            target().whenReady(() -> later(pause, this::goOn));
        }
    }

    private void goOn() {
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
        Waiter next = source.shard().await(position);
        waiter = next;
        var unused = next.woken().thenRun(() -> later(Duration.ZERO, this::pump));
    }

    private void beat() {
        if (ended) {
            return;
        }
        // A client that is behind has enough to read.
        if (ready
                && source.stream().nowMillis() - lastEventMillis
                        >= pace.heartbeat().toMillis()) {
            ShardRead nothing = new ShardRead(List.of(), position, false, 0, ShardRead.Skipped.NONE, 0);
            send(event(payloads.event(nothing, continuation(), List.of())));
        }
        later(pace.heartbeat(), this::beat);
    }

    private EventStreamFrame event(byte[] payload) {
        return EventStreamFrame.event("SubscribeToShardEvent", payloads.contentType(), payload);
    }

    private String continuation() {
        return source.shard().sequenceNumberBefore(position, source.stream().nowMillis());
    }

    private void fail(ServiceException error) {
        send(EventStreamFrame.exception(error.code(), payloads.contentType(), payloads.message(error.text())));
        end();
    }

    private void send(EventStreamFrame frame) {
        lastEventMillis = source.stream().nowMillis();
        if (!ended && sink != null && !sink.write(frame.encode())) {
            end();
        }
    }

    /** Idempotent. */
    void end() {
        if (!ended) {
            ended = true;
            later(Duration.ZERO, this::finish);
        }
    }

    private void finish() {
        ended = true;
        whenEnded.run();
        Waiter last = waiter;
        if (last != null) {
            source.shard().forget(last);
        }
        if (sink != null) {
            sink.end();
        }
    }
}
