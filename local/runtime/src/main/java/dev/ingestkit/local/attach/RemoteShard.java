package dev.ingestkit.local.attach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls that read one shard of another endpoint. Thread-safe. */
final class RemoteShard {

    /**
     * The answer of GetRecords.
     *
     * @param nextIterator null after the last record of a closed shard
     */
    record Page(List<StreamRecord> records, @Nullable String nextIterator, long millisBehindLatest) {}

    private final AwsClient endpoint;
    private final String shardId;
    private final Function<Position, CompletableFuture<String>> iterators;
    private final Consumer<List<StreamRecord>> read;

    /**
     * Creates the calls of a shard.
     *
     * @param iterators returns an iterator at a position
     * @param read receives the records of each page before the reader does
     */
    RemoteShard(
            AwsClient endpoint,
            String shardId,
            Function<Position, CompletableFuture<String>> iterators,
            Consumer<List<StreamRecord>> read) {
        this.endpoint = endpoint;
        this.shardId = shardId;
        this.iterators = iterators;
        this.read = read;
    }

    String id() {
        return shardId;
    }

    CompletableFuture<String> iteratorAt(Position position) {
        return iterators.apply(position);
    }

    /** @param limit 1 to 10,000 */
    CompletableFuture<Page> records(String iterator, int limit) {
        ObjectNode input =
                Json.mapper().createObjectNode().put("ShardIterator", iterator).put("Limit", limit);
        return endpoint.call(AwsApi.KINESIS, "GetRecords", input).thenApply(answer -> {
            Page page = page(answer);
            read.accept(page.records());
            return page;
        });
    }

    private static Page page(JsonNode answer) {
        List<StreamRecord> records = new ArrayList<>();
        answer.path("Records").forEach(record -> records.add(record(record)));
        JsonNode next = answer.path("NextShardIterator");
        return new Page(
                records,
                next.isTextual() ? next.asText() : null,
                answer.path("MillisBehindLatest").asLong());
    }

    private static StreamRecord record(JsonNode record) {
        String encryption = record.path("EncryptionType").asText("NONE");
        return new StreamRecord(
                SequenceNumber.parse(record.path("SequenceNumber").asText()),
                record.path("PartitionKey").asText(),
                data(record.path("Data")),
                RemoteStreamSource.instant(record.path("ApproximateArrivalTimestamp")),
                encryption.equals("NONE") || encryption.equals("null") ? null : encryption);
    }

    private static byte[] data(JsonNode base64) {
        try {
            return base64.binaryValue();
        } catch (IOException malformed) {
            throw new UncheckedIOException("a record's data is not base64", malformed);
        }
    }
}
