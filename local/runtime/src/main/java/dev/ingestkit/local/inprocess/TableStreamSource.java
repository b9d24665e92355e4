package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.mapping.StreamSource;
import dev.ingestkit.local.table.api.stream.TableStream;
import dev.ingestkit.local.table.engine.StreamActions.ShardInfo;
import dev.ingestkit.local.table.error.TableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a table of this process as a mapping reads it: woken by changes, never polling. Thread-safe.
 *
 * <p>Records that have left the stream after 24 hours are skipped and recorded in the journal, as for Kinesis.
 */
public final class TableStreamSource implements StreamSource {

    private final TableStream stream;
    private final Journal journal;
    private final Clock clock;
    private final Executor wakeUps;

    private final Supplier<ReadPace> paces;

    /**
     * Creates a source over a table's stream.
     *
     * @param wakeUps runs the readers that wait for records, so that a writer's thread never does
     * @param paces returns the pace of each new reader
     */
    public TableStreamSource(
            TableStream stream, Journal journal, Clock clock, Executor wakeUps, Supplier<ReadPace> paces) {
        this.stream = requireNonNull(stream, "stream");
        this.journal = requireNonNull(journal, "journal");
        this.clock = requireNonNull(clock, "clock");
        this.wakeUps = requireNonNull(wakeUps, "wakeUps");
        this.paces = requireNonNull(paces, "paces");
    }

    @Override
    public String streamArn() {
        return stream.arn();
    }

    @Override
    public CompletionStage<List<Shard>> shards() {
        return CompletableFuture.completedFuture(stream.shards().stream()
                .map(shard -> new Shard(shard.id(), shard.parent(), null, shard.last() != null))
                .toList());
    }

    @Override
    public CompletionStage<ShardReader> open(String shardId, Position position) {
        try {
            return CompletableFuture.completedFuture(new Reader(shardId, start(stream.shard(shardId), position)));
        } catch (TableException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private long start(ShardInfo shard, Position position) {
        return switch (position.kind()) {
            case TRIM_HORIZON -> shard.oldest();
            case LATEST -> shard.next();
            case AT_TIMESTAMP -> stream.since(shard.id(), ((Position.AtTimestamp) position).from());
            case AT_SEQUENCE_NUMBER ->
                TableStream.position(
                        ((Position.AtSequenceNumber) position).sequenceNumber().text());
            case AFTER_SEQUENCE_NUMBER ->
                TableStream.position(((Position.AfterSequenceNumber) position)
                                .sequenceNumber()
                                .text())
                        + 1;
        };
    }

    private final class Reader implements ShardReader {

        private final String shardId;
        private final ReadPace pace = paces.get();
        private volatile long position;
        private volatile @Nullable CompletableFuture<Void> awaited;

        Reader(String shardId, long position) {
            this.shardId = shardId;
            this.position = position;
        }

        @Override
        public CompletionStage<Records> read(int limit) {
            TableStream.Page page;
            try {
                page = stream.read(shardId, position, limit);
            } catch (TableException gone) {
                return CompletableFuture.failedFuture(gone);
            }
            if (page.trimmed() > 0) {
                long last = position + page.trimmed() - 1;
                journal.append(new JournalEvent.Expired(
                        stream.table(), shardId, TableStream.sequenceNumber(last), page.trimmed()));
            }
            position = page.next();
            pace.read(page.changes().size());
            List<StreamRecord> records =
                    page.changes().stream().map(Reader::record).toList();
            return CompletableFuture.completedFuture(new Records(records, page.ended(), behind(records)));
        }

        private long behind(List<StreamRecord> records) {
            if (records.isEmpty() || position >= stream.shard(shardId).next()) {
                return 0;
            }
            Instant last = records.get(records.size() - 1).approximateArrival();
            return Math.max(0, Duration.between(last, clock.instant()).toMillis());
        }

        private static StreamRecord record(TableStream.Change change) {
            return new StreamRecord(
                    SequenceNumber.parse(change.sequenceNumber()), change.key(), change.event(), change.time(), null);
        }

        @Override
        public CompletionStage<Void> awaitRecords() {
            return pace.pause().thenCompose(paused -> changed()).thenRun(pace::woken);
        }

        private CompletionStage<Void> changed() {
            CompletableFuture<Void> woken;
            try {
                woken = stream.await(shardId, position);
            } catch (TableException gone) {
                return CompletableFuture.failedFuture(gone);
            }
            awaited = woken;
            return woken.isDone() ? woken : woken.thenRunAsync(() -> {}, wakeUps);
        }

        @Override
        public void close() {
            CompletableFuture<Void> last = awaited;
            if (last != null) {
                last.complete(null);
            }
        }
    }
}
