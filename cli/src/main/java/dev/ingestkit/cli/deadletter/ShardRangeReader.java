package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.cli.aws.SharedShard;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.core.deadletter.DeadLetter.RecordRange;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.local.events.SequenceNumber;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads ranges of records from a shard of a Kinesis or table stream, while the stream retains them. Not thread-safe. */
final class ShardRangeReader {

    /**
     * The records found.
     *
     * @param refusal Kinesis's reason why the range cannot be read; null if it can
     */
    record Found(List<ShardRecord> records, @Nullable String refusal) {}

    /** The quota of Kinesis for one call. */
    private static final int MAX_RECORDS = 10_000;

    private final KinesisClient kinesis;
    private final SharedShard shard;
    private final TableRangeReader tables;
    /** The last page: a shard allows five reads a second, and the next range is often in the same page. */
    private Page page = new Page("", "", List.of());

    private int limit = 1;

    /** Records that were read together. */
    private record Page(String stream, String shard, List<Record> records) {

        boolean holds(RecordRange range, SequenceNumber first, SequenceNumber last) {
            return !records.isEmpty()
                    && stream.equals(range.stream())
                    && shard.equals(range.shard())
                    && first.compareTo(number(records.get(0))) >= 0
                    && last.compareTo(number(records.get(records.size() - 1))) <= 0;
        }
    }

    ShardRangeReader(AwsClients clients) {
        this.kinesis = requireNonNull(clients, "clients").kinesis();
        this.shard = new SharedShard(kinesis);
        this.tables = new TableRangeReader(clients);
    }

    /**
     * Reads a range, both ends included.
     *
     * <p>If the mapping processed the shard in parallel, the range also holds records of other keys, which are returned
     * too: the message does not tell them apart.
     *
     * @return the records that still exist, in the shard's order; the first ones are missing when they have expired
     */
    Found read(RecordRange range) {
        try {
            return new Found(range.isOfTable() ? tables.records(range) : records(range), null);
        } catch (InvalidArgumentException
                | ResourceNotFoundException
                | TrimmedDataAccessException
                | software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException gone) {
            // Before the trim horizon, or in a shard that has expired, unless the stream itself is missing.
            requireStream(range);
            return new Found(List.of(), SdkFailures.cause(gone));
        } catch (SdkException refused) {
            throw unreadable(range, refused);
        }
    }

    private void requireStream(RecordRange range) {
        if (range.isOfTable()) {
            // The ARN names one stream of the table, which is deleted a day after it was disabled or replaced.
            return;
        }
        try {
            kinesis.describeStreamSummary(request -> request.streamARN(range.stream()));
        } catch (SdkException refused) {
            throw unreadable(range, refused);
        }
    }

    private static CliException unreadable(RecordRange range, SdkException refused) {
        return SdkFailures.of("STREAM", "the stream '" + range.stream() + "'", refused);
    }

    private List<ShardRecord> records(RecordRange range) {
        SequenceNumber first = SequenceNumber.parse(range.firstSequenceNumber());
        SequenceNumber last = SequenceNumber.parse(range.lastSequenceNumber());
        List<ShardRecord> found = new ArrayList<>();
        if (page.holds(range, first, last)) {
            add(range, first, last, page.records(), found);
            return found;
        }
        String iterator = iterator(range);
        while (iterator != null) {
            GetRecordsResponse read = read(range, iterator);
            if (add(range, first, last, read.records(), found)) {
                return found;
            }
            boolean atTip = read.records().isEmpty() && read.millisBehindLatest() == 0;
            iterator = atTip ? null : read.nextShardIterator();
        }
        return found;
    }

    /** Reads a page, larger than the one before: a single range needs few records, a scan of many reads most of them. */
    private GetRecordsResponse read(RecordRange range, String iterator) {
        int records = Math.min(MAX_RECORDS, Math.max(limit, range.count()));
        limit = Math.min(MAX_RECORDS, limit * 10);
        GetRecordsResponse read = shard.page(GetRecordsRequest.builder()
                .shardIterator(iterator)
                .limit(records)
                .build());
        page = new Page(range.stream(), range.shard(), read.records());
        return read;
    }

    /** Adds the records of a range; returns whether its end has been reached. */
    private static boolean add(
            RecordRange range,
            SequenceNumber first,
            SequenceNumber last,
            List<Record> records,
            List<ShardRecord> found) {
        for (Record record : records) {
            SequenceNumber number = number(record);
            if (number.isBetween(first, last)) {
                found.add(recordOf(range, record));
            }
            if (number.compareTo(last) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static SequenceNumber number(Record record) {
        return SequenceNumber.parse(record.sequenceNumber());
    }

    private String iterator(RecordRange range) {
        return kinesis.getShardIterator(request -> request.streamARN(range.stream())
                        .shardId(range.shard())
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber(range.firstSequenceNumber()))
                .shardIterator();
    }

    private static ShardRecord recordOf(RecordRange range, Record record) {
        RecordOrigin origin = new RecordOrigin(
                range.stream(),
                range.shard(),
                record.sequenceNumber(),
                record.partitionKey(),
                record.approximateArrivalTimestamp());
        return new ShardRecord(origin, record.data().asByteArray());
    }
}
