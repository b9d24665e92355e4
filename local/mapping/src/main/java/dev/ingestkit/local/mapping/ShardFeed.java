package dev.ingestkit.local.mapping;

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
 * The reading side of a shard: opens a reader, reads while its owner has room, waits for more. A call that fails is made
 * again after a while; nothing is skipped. One call is under way at a time, and what a call brings that was begun before
 * a close is thrown away. Runs on the mapping's event loop.
 */
final class ShardFeed {

    /** Whom the records are for. */
    interface Owner {

        /** False while the mapping is paused: nothing is read. */
        boolean running();

        /** How many records may be read next; 0 for none. */
        int room();

        /** The last sequence number that is done with; empty if there is none. */
        Optional<String> checkpoint();

        void take(List<StreamRecord> records);

        /** What was read has been taken, or the shard's end seen. */
        void progress();

        /** A call has ended: perhaps the last one that a pause waits for. */
        void callEnded();
    }

    private final String shardId;
    private final MappingEnvironment environment;
    private final MappingMeter meter;
    private final Position start;
    private final Owner owner;
    private @Nullable String firstRead;
    private @Nullable ShardReader reader;
    private boolean calling;
    private boolean awaiting;
    private boolean caughtUp;
    private boolean endReached;
    private int generation;
    private int failures;

    /**
     * @param start where to begin while nothing has been read
     */
    ShardFeed(String shardId, MappingEnvironment environment, MappingMeter meter, Position start, Owner owner) {
        this.shardId = shardId;
        this.environment = environment;
        this.meter = meter;
        this.start = start;
        this.owner = owner;
    }

    /** A call is under way. */
    boolean calling() {
        return calling;
    }

    /** All that was put has been read. */
    boolean caughtUp() {
        return caughtUp;
    }

    /** The shard is closed and all of it has been read. */
    boolean endReached() {
        return endReached;
    }

    /** Opens the reader where the shard stands, again and again until it is open. */
    CompletableFuture<Void> open() {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        open(opened, generation);
        return opened;
    }

    private void open(CompletableFuture<Void> opened, int asked) {
        calling = true;
        CompletionStage<?> unused = attempt(() -> environment.source().open(shardId, position()))
                .whenComplete((next, failure) -> environment.loop().execute(() -> {
                    calling = false;
                    if (asked != generation) {
                        Optional.ofNullable(next).ifPresent(ShardReader::close);
                        owner.callEnded();
                    } else if (next != null) {
                        failures = 0;
                        reader = next;
                        opened.complete(null);
                        owner.callEnded();
                    } else {
                        failed(failure, () -> open(opened, asked), asked);
                    }
                }));
    }

    private Position position() {
        Optional<String> checkpoint = owner.checkpoint();
        if (checkpoint.isPresent()) {
            return new Position.AfterSequenceNumber(checkpoint.get());
        }
        return firstRead != null ? new Position.AtSequenceNumber(firstRead) : start;
    }

    /** Begins, or goes on behind the checkpoint after a pause: what was read and is not done with is read again. */
    void resume() {
        if (reader != null && firstRead == null && !endReached) {
            read();
            return;
        }
        close();
        endReached = false;
        CompletionStage<?> unused = open().thenRun(this::read);
    }

    /** Nothing comes any more of what is under way. */
    void close() {
        generation++;
        release();
    }

    /** Lets go of the reader: there is no more to read. */
    void release() {
        awaiting = false;
        caughtUp = false;
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Reads on, unless it does already, waits for records, or nothing is wanted. */
    void read() {
        ShardReader from = reader;
        if (!owner.running() || calling || awaiting || endReached || from == null) {
            return;
        }
        int room = owner.room();
        if (room == 0) {
            return;
        }
        calling = true;
        int asked = generation;
        CompletionStage<?> unused = attempt(() -> from.read(room))
                .whenComplete(
                        (records, failure) -> environment.loop().execute(() -> readEnded(records, failure, asked)));
    }

    private void readEnded(@Nullable Records records, @Nullable Throwable failure, int asked) {
        calling = false;
        if (records != null && firstRead == null && !records.records().isEmpty()) {
            firstRead = records.records().get(0).sequenceNumber();
        }
        if (!owner.running() || asked != generation) {
            owner.callEnded();
            return;
        }
        if (records == null) {
            failed(failure, this::read, asked);
            return;
        }
        failures = 0;
        endReached = records.endOfShard();
        caughtUp = records.records().isEmpty();
        owner.take(records.records());
        if (caughtUp && !endReached) {
            await();
        }
        owner.progress();
    }

    private void await() {
        ShardReader from = reader;
        if (from == null) {
            return;
        }
        awaiting = true;
        int asked = generation;
        CompletionStage<?> unused = attempt(from::awaitRecords)
                .whenComplete((nothing, failure) -> environment.loop().execute(() -> {
                    if (asked != generation) {
                        return;
                    }
                    awaiting = false;
                    if (failure != null) {
                        failed(failure, this::read, asked);
                    } else {
                        read();
                    }
                }));
    }

    private void failed(@Nullable Throwable failure, Runnable again, int asked) {
        failures++;
        meter.sourceFailures.incrementAndGet();
        meter.error("shard %s could not be read: %s".formatted(shardId, failure == null ? "" : failure.getMessage()));
        Duration wait = environment.failures().waitAfter(failures);
        environment.loop().schedule(wait, () -> {
            if (asked == generation) {
                again.run();
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
