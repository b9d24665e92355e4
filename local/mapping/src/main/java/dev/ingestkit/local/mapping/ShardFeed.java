package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.mapping.FeedState.Closed;
import dev.ingestkit.local.mapping.FeedState.Ended;
import dev.ingestkit.local.mapping.FeedState.Idle;
import dev.ingestkit.local.mapping.FeedState.Opening;
import dev.ingestkit.local.mapping.FeedState.Reading;
import dev.ingestkit.local.mapping.FeedState.Waiting;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.Records;
import dev.ingestkit.local.mapping.StreamSource.ShardReader;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of a shard: opens a reader, reads while its owner wants records, waits for more. A failed call is
 * retried after a back-off; no record is skipped. One call is in flight at a time, and the result of a call that
 * started before a close is discarded. Runs on the mapping's event loop.
 */
final class ShardFeed {

    /** Receives the records read. */
    interface Owner {

        /** Returns whether records are wanted; false while the mapping is paused. */
        boolean running();

        /** Returns how many records may be read next; 0 for none. */
        int room();

        /** Returns the last sequence number that has been processed; empty if there is none. */
        Optional<SequenceNumber> checkpoint();

        /** Receives records in the shard's order. */
        void take(List<StreamRecord> records);

        /** Continues after records were received or the shard's end was reached. */
        void progress();

        /** Notes that a call has ended: perhaps the last one that a pause waits for. */
        void callEnded();
    }

    private final String shardId;
    private final MappingEnvironment environment;
    private final MappingMeter meter;
    private final Position start;
    private final Owner owner;
    private FeedState state = new Closed();
    private @Nullable SequenceNumber firstRead;
    private int generation;
    private int failures;

    /**
     * Creates a feed that is closed.
     *
     * @param start the position to begin at while no record has been read
     */
    ShardFeed(String shardId, MappingEnvironment environment, MappingMeter meter, Position start, Owner owner) {
        this.shardId = shardId;
        this.environment = environment;
        this.meter = meter;
        this.start = start;
        this.owner = owner;
    }

    /** Returns whether a call is in flight. */
    boolean calling() {
        return state.calling();
    }

    /** Returns whether all records that were put have been read. */
    boolean caughtUp() {
        return state.caughtUp();
    }

    /** Returns whether the shard is closed and all of it has been read. */
    boolean endReached() {
        return state instanceof Ended;
    }

    /** Opens the reader at the shard's position, with retries until it is open. */
    CompletableFuture<Void> open() {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        open(opened, generation);
        return opened;
    }

    private void open(CompletableFuture<Void> opened, int asked) {
        state = new Opening();
        CompletionStage<?> unused = attempt(() -> environment.source().open(shardId, position()))
                .whenComplete((next, failure) -> environment.loop().execute(() -> {
                    if (asked != generation) {
                        Optional.ofNullable(next).ifPresent(ShardReader::close);
                        owner.callEnded();
                    } else if (next != null) {
                        failures = 0;
                        state = new Idle(next, false);
                        opened.complete(null);
                        owner.callEnded();
                    } else {
                        state = new Closed();
                        failed(failure, () -> open(opened, asked), asked);
                    }
                }));
    }

    private Position position() {
        Optional<SequenceNumber> checkpoint = owner.checkpoint();
        if (checkpoint.isPresent()) {
            return new Position.AfterSequenceNumber(checkpoint.get());
        }
        return firstRead != null ? new Position.AtSequenceNumber(firstRead) : start;
    }

    /** Starts, or continues after the checkpoint following a pause: unprocessed records are read again. */
    void resume() {
        if (firstRead == null && !endReached() && state.reader().isPresent()) {
            read();
            return;
        }
        close();
        CompletionStage<?> unused = open().thenRun(this::read);
    }

    /** Closes the reader and discards the results of calls in flight. */
    void close() {
        generation++;
        release();
    }

    /** Closes the reader at the shard's end. */
    void release() {
        FeedState last = state;
        state = new Closed();
        last.reader().ifPresent(ShardReader::close);
    }

    /** Reads the next records, unless a call is in flight, the shard has none, or the owner wants none. */
    void read() {
        int room = owner.running() && state instanceof Idle ? owner.room() : 0;
        if (room == 0 || !(state instanceof Idle idle)) {
            return;
        }
        state = new Reading(idle.open(), idle.caughtUp());
        int asked = generation;
        CompletionStage<?> unused = attempt(() -> idle.open().read(room))
                .whenComplete(
                        (records, failure) -> environment.loop().execute(() -> readEnded(records, failure, asked)));
    }

    private void readEnded(@Nullable Records records, @Nullable Throwable failure, int asked) {
        if (records != null && firstRead == null && !records.records().isEmpty()) {
            firstRead = records.records().get(0).sequenceNumber();
        }
        if (asked != generation || !(state instanceof Reading reading)) {
            owner.callEnded();
            return;
        }
        state = new Idle(reading.open(), reading.caughtUp());
        if (!owner.running()) {
            owner.callEnded();
        } else if (records == null) {
            failed(failure, this::read, asked);
        } else {
            deliver(reading.open(), records);
        }
    }

    private void deliver(ShardReader reader, Records records) {
        failures = 0;
        boolean caughtUp = records.records().isEmpty();
        state = records.endOfShard() ? new Ended(reader) : new Idle(reader, caughtUp);
        owner.take(records.records());
        if (caughtUp && !records.endOfShard()) {
            await(reader);
        }
        owner.progress();
    }

    private void await(ShardReader reader) {
        state = new Waiting(reader);
        int asked = generation;
        CompletionStage<?> unused = attempt(reader::awaitRecords)
                .whenComplete((nothing, failure) -> environment.loop().execute(() -> {
                    if (asked != generation) {
                        return;
                    }
                    state = new Idle(reader, true);
                    if (failure != null) {
                        failed(failure, this::read, asked);
                    } else {
                        read();
                    }
                }));
    }

    private void failed(@Nullable Throwable failure, Runnable retry, int asked) {
        failures++;
        meter.sourceFailures.incrementAndGet();
        meter.error("shard %s could not be read: %s".formatted(shardId, failure == null ? "" : failure.getMessage()));
        Duration wait = environment.failures().waitAfter(failures);
        environment.loop().schedule(wait, () -> {
            if (asked == generation) {
                retry.run();
            }
        });
        owner.callEnded();
    }

    private static <T> CompletionStage<T> attempt(Supplier<? extends CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
