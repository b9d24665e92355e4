package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.FaultableCall;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.kinesis.IteratorPosition;
import dev.ingestkit.local.kinesis.KinesisRecord;
import dev.ingestkit.local.kinesis.ShardCursor;
import dev.ingestkit.local.kinesis.StreamHandle;
import dev.ingestkit.local.mapping.StreamSource;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream of this process as a mapping reads it: woken by puts, never polling, outside the read quota that other
 * consumers share. Thread-safe.
 *
 * <p>Faults of the stage {@code kinesis-get} affect a reader here as they would affect a poller: throttling and errors
 * fail the read, a timeout or a dropped connection fails it after it was done, and the same records are read again;
 * doubled, a read's records are returned again with the next.
 */
public final class KinesisStreamSource implements StreamSource {

    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(1);

    private final StreamHandle stream;
    private final Journal journal;
    private final FaultInjector faults;
    private final Executor wakeUps;
    private final Supplier<ReadPace> paces;

    /**
     * Creates a source over an open stream.
     *
     * @param wakeUps runs the readers that wait for records, so that a writer's thread never does
     * @param paces returns the pace of each new reader
     */
    public KinesisStreamSource(
            StreamHandle stream, Journal journal, Faults faults, Executor wakeUps, Supplier<ReadPace> paces) {
        this.stream = requireNonNull(stream, "stream");
        this.journal = requireNonNull(journal, "journal");
        this.wakeUps = requireNonNull(wakeUps, "wakeUps");
        this.paces = requireNonNull(paces, "paces");
        this.faults = new FaultInjector(faults, FaultStage.KINESIS_GET, wakeUps);
    }

    @Override
    public String streamArn() {
        return stream.arn().toString();
    }

    @Override
    public CompletionStage<List<Shard>> shards() {
        return CompletableFuture.completedFuture(stream.shards().stream()
                .map(shard -> new Shard(
                        shard.id().toString(), text(shard.parent()), text(shard.adjacentParent()), shard.closed()))
                .toList());
    }

    private static @Nullable String text(@Nullable ShardId id) {
        return id == null ? null : id.toString();
    }

    @Override
    public CompletionStage<ShardReader> open(String shardId, Position position) {
        try {
            return CompletableFuture.completedFuture(new Reader(stream.open(ShardId.parse(shardId), start(position))));
        } catch (ServiceException error) {
            return CompletableFuture.failedFuture(error);
        }
    }

    public static IteratorPosition start(Position position) {
        return switch (position.kind()) {
            case TRIM_HORIZON -> new IteratorPosition.TrimHorizon();
            case LATEST -> new IteratorPosition.Latest();
            case AT_TIMESTAMP -> new IteratorPosition.AtTimestamp(((Position.AtTimestamp) position).from());
            case AT_SEQUENCE_NUMBER ->
                new IteratorPosition.AtSequenceNumber(((Position.AtSequenceNumber) position).sequenceNumber());
            case AFTER_SEQUENCE_NUMBER ->
                new IteratorPosition.AfterSequenceNumber(((Position.AfterSequenceNumber) position).sequenceNumber());
        };
    }

    private final class Reader implements ShardReader {

        private final ShardCursor cursor;
        private final FaultErrors errors =
                new FaultErrors(this::rateExceeded, this::internalFailure, this::internalFailure);
        private final ReadPace pace = paces.get();
        private @Nullable Records again;

        Reader(ShardCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public CompletionStage<Records> read(int limit) {
            Records doubled = again;
            if (doubled != null) {
                return CompletableFuture.completedFuture(repeated(doubled, limit));
            }
            return faults.perform(cursor.shardId().toString(), errors, new FaultableRead(limit));
        }

        private CompletionStage<Records> readNow(int limit) {
            try {
                return CompletableFuture.completedFuture(records(cursor.read(limit)));
            } catch (ServiceException error) {
                return CompletableFuture.failedFuture(error);
            }
        }

        /**
         * A read with the faults that a poller would meet: a lost read fails, and is repeated from its starting
         * position.
         */
        private final class FaultableRead implements FaultableCall<Records> {

            private final int limit;

            FaultableRead(int limit) {
                this.limit = limit;
            }

            @Override
            public CompletionStage<Records> perform() {
                return readNow(limit);
            }

            @Override
            public CompletionStage<Records> performTwice() {
                return readNow(limit).thenApply(Reader.this::doubled);
            }

            @Override
            public CompletionStage<Records> performUnanswered(FaultErrors lost) {
                return CompletableFuture.failedFuture(internalFailure());
            }

            @Override
            public CompletionStage<Records> timeout(FaultErrors lost) {
                return faults.after(GIVEN_UP_AFTER).thenCompose(waited -> performUnanswered(lost));
            }
        }

        private Records doubled(Records records) {
            if (records.records().isEmpty()) {
                return records;
            }
            again = records;
            return new Records(records.records(), false, records.millisBehindLatest());
        }

        private Records repeated(Records records, int limit) {
            List<StreamRecord> all = records.records();
            if (all.size() <= limit) {
                again = null;
                return records;
            }
            again = new Records(all.subList(limit, all.size()), records.endOfShard(), records.millisBehindLatest());
            return new Records(all.subList(0, limit), false, records.millisBehindLatest());
        }

        private ServiceException rateExceeded() {
            return ServiceException.badRequest(
                    "ProvisionedThroughputExceededException",
                    "Rate exceeded for shard %s in stream %s (injected).".formatted(cursor.shardId(), stream.name()));
        }

        private ServiceException internalFailure() {
            return new ServiceException(
                    "InternalFailureException",
                    500,
                    "Reading shard %s of stream %s failed (injected).".formatted(cursor.shardId(), stream.name()));
        }

        private Records records(ShardCursor.CursorRead read) {
            ShardCursor.Expired expired = read.expired();
            if (expired.records() > 0) {
                journal.append(new JournalEvent.Expired(
                        stream.name(),
                        cursor.shardId().toString(),
                        String.valueOf(expired.lastSequenceNumber()),
                        expired.records()));
            }
            pace.read(read.records().size());
            return new Records(
                    read.records().stream().map(Reader::record).toList(), read.endOfShard(), read.millisBehindLatest());
        }

        private static StreamRecord record(KinesisRecord record) {
            return new StreamRecord(
                    record.sequenceNumber(),
                    record.partitionKey(),
                    record.data(),
                    record.arrival(),
                    record.encrypted() ? "KMS" : null);
        }

        @Override
        public CompletionStage<Void> awaitRecords() {
            if (again != null) {
                return CompletableFuture.completedFuture(null);
            }
            return pace.pause()
                    .thenCompose(paused -> {
                        CompletableFuture<Void> woken = cursor.awaitRecords().toCompletableFuture();
                        return woken.isDone() ? woken : woken.thenRunAsync(() -> {}, wakeUps);
                    })
                    .thenRun(pace::woken);
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
