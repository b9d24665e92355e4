package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.core.deadletter.DeadLetter.RecordRange;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.local.events.SequenceNumber;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads ranges of records from the stream of a table, which retains them for a day. Not thread-safe. */
final class TableRangeReader {

    /** A page may be empty before the end of an open shard. */
    private static final int MAX_EMPTY_PAGES = 5;

    /** A supplier, since most stacks have no such stream. */
    private final Supplier<DynamoDbStreamsClient> streams;

    TableRangeReader(AwsClients clients) {
        this.streams = requireNonNull(clients, "clients")::tableStreams;
    }

    /**
     * Reads a range, both ends included.
     *
     * @return the records that still exist, in the shard's order
     * @throws CliException if the stream returns only empty pages before the end of the range
     */
    List<ShardRecord> records(RecordRange range) {
        SequenceNumber last = SequenceNumber.parse(range.lastSequenceNumber());
        List<ShardRecord> found = new ArrayList<>();
        String iterator = iterator(range);
        for (int emptyPages = 0; iterator != null && emptyPages < MAX_EMPTY_PAGES; ) {
            GetRecordsResponse page = page(iterator);
            for (Record record : page.records()) {
                SequenceNumber number = SequenceNumber.parse(record.dynamodb().sequenceNumber());
                if (number.compareTo(last) > 0) {
                    return found;
                }
                found.add(recordOf(range, record));
                if (number.equals(last)) {
                    return found;
                }
            }
            emptyPages = page.hasRecords() && !page.records().isEmpty() ? 0 : emptyPages + 1;
            iterator = page.nextShardIterator();
        }
        if (iterator != null) {
            throw new CliException(
                            "STREAM_UNREADABLE",
                            ExitCode.ENVIRONMENT,
                            "stream '%s' returned %d empty pages before record %s"
                                    .formatted(range.stream(), MAX_EMPTY_PAGES, range.lastSequenceNumber()))
                    .hint("run the command again");
        }
        return found;
    }

    private GetRecordsResponse page(String iterator) {
        return streams.get().getRecords(request -> request.shardIterator(iterator));
    }

    private String iterator(RecordRange range) {
        return streams.get()
                .getShardIterator(request -> request.streamArn(range.stream())
                        .shardId(range.shard())
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .sequenceNumber(range.firstSequenceNumber()))
                .shardIterator();
    }

    private static ShardRecord recordOf(RecordRange range, Record record) {
        RecordOrigin origin = new RecordOrigin(
                range.stream(),
                range.shard(),
                record.dynamodb().sequenceNumber(),
                TableRecordJson.key(record),
                record.dynamodb().approximateCreationDateTime());
        return new ShardRecord(origin, TableRecordJson.of(record).toString().getBytes(StandardCharsets.UTF_8));
    }
}
