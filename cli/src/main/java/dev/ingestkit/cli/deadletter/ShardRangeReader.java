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

    private final KinesisClient kinesis;
    private final SharedShard shard;
    private final TableRangeReader tables;

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
        try {
            if (range.isOfTable()) {
                tables.requireStream(range);
            } else {
                kinesis.describeStreamSummary(request -> request.streamARN(range.stream()));
            }
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
        String iterator = iterator(range);
        while (iterator != null) {
            GetRecordsResponse page = shard.page(
                    GetRecordsRequest.builder().shardIterator(iterator).build());
            for (Record record : page.records()) {
                SequenceNumber number = SequenceNumber.parse(record.sequenceNumber());
                if (number.compareTo(last) > 0) {
                    return found;
                }
                if (number.compareTo(first) >= 0) {
                    found.add(recordOf(range, record));
                }
                if (number.equals(last)) {
                    return found;
                }
            }
            boolean atTip = page.records().isEmpty() && page.millisBehindLatest() == 0;
            iterator = atTip ? null : page.nextShardIterator();
        }
        return found;
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
