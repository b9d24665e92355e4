package dev.ingestkit.cli.deadletter;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.RecordRange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Finds the changes of one item in the streams of tables, which retain them for a day. Not thread-safe. */
public final class TableChanges {

    private static final Pattern SHARD_OF_KINESIS = Pattern.compile("shardId-\\d{12}");

    private final AwsClients clients;
    private final ShardRangeReader reader;
    private final Map<String, Optional<String>> streams = new HashMap<>();

    /** Creates a reader of the clients' tables. */
    public TableChanges(AwsClients clients) {
        this.clients = clients;
        this.reader = new ShardRangeReader(clients);
    }

    /** Returns whether a range is in the stream of a table. */
    public static boolean areIn(RecordRange range) {
        return !range.isEmpty() && !SHARD_OF_KINESIS.matcher(range.shardId()).matches();
    }

    /**
     * Returns the changes of the item with a key that ranges of one shard of a table's stream hold, in the shard's order.
     * Changes between the ranges are among them.
     *
     * @param ranges not empty
     */
    public List<RecordOrigin> of(String key, String table, List<RecordRange> ranges) {
        Optional<String> stream = streams.computeIfAbsent(table, this::stream);
        if (stream.isEmpty()) {
            return List.of();
        }
        // A page holds up to a thousand records, and a batch is often a few of them: one read takes all batches.
        ShardRangeReader.Found all = reader.read(range(stream.get(), union(ranges)));
        List<ShardRecord> records = all.refusal() == null
                ? all.records()
                : ranges.stream()
                        .flatMap(range -> reader.read(range(stream.get(), range)).records().stream())
                        .toList();
        return records.stream()
                .map(ShardRecord::origin)
                .filter(change -> change.partitionKey().equals(key))
                .toList();
    }

    private static RecordRange union(List<RecordRange> ranges) {
        RecordRange union = ranges.get(0);
        for (RecordRange range : ranges) {
            SequenceNumber first = range.first().compareTo(union.first()) < 0 ? range.first() : union.first();
            SequenceNumber last = range.last().compareTo(union.last()) > 0 ? range.last() : union.last();
            union = RecordRange.of(range.shardId(), first, last, union.records() + range.records());
        }
        return union;
    }

    private static DeadLetter.RecordRange range(String stream, RecordRange range) {
        Instant any = Instant.EPOCH;
        return new DeadLetter.RecordRange(
                stream,
                range.shardId(),
                range.firstSequenceNumber(),
                range.lastSequenceNumber(),
                any,
                any,
                range.records());
    }

    private Optional<String> stream(String table) {
        try {
            return Optional.ofNullable(clients.dynamoDb()
                    .describeTable(request -> request.tableName(table))
                    .table()
                    .latestStreamArn());
        } catch (ResourceNotFoundException gone) {
            return Optional.empty();
        }
    }
}
