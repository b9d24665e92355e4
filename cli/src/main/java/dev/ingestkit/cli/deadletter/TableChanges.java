package dev.ingestkit.cli.deadletter;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.event.RecordOrigin;
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

    /** Returns the changes of the item with a key that a range of a table's stream holds, in the shard's order. */
    public List<RecordOrigin> of(String key, String table, RecordRange range) {
        Instant any = Instant.EPOCH;
        return streams.computeIfAbsent(table, this::stream).stream()
                .flatMap(stream -> reader
                        .read(new DeadLetter.RecordRange(
                                stream,
                                range.shardId(),
                                range.firstSequenceNumber(),
                                range.lastSequenceNumber(),
                                any,
                                any,
                                range.records()))
                        .records()
                        .stream())
                .map(ShardRecord::origin)
                .filter(change -> change.partitionKey().equals(key))
                .toList();
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
