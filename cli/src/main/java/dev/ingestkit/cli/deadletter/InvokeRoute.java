package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Redrives records directly to the function, in the form in which the mapping delivers them, with their original
 * sequence numbers and arrival times, so that nothing newer is overwritten.
 */
public final class InvokeRoute implements RedriveRoute {

    private static final ObjectMapper MAPPER = Json.mapper();
    /** Lambda accepts 6 MB; base64 adds a third, and each record adds its envelope. */
    private static final int MAX_BYTES = 4 * 1000 * 1000;

    private static final int MAX_RECORDS = 100;

    private final LambdaClient lambda;
    private final String function;
    private final String region;

    public InvokeRoute(AwsClients clients, String function) {
        this.lambda = requireNonNull(clients, "clients").lambda();
        this.function = requireNonNull(function, "function");
        this.region = clients.target().region();
    }

    @Override
    public Result redrive(List<ShardRecord> records, RedrivePace pace) {
        List<Range> ranges = new ArrayList<>();
        for (int from = 0; from < records.size(); ) {
            List<ShardRecord> batch = batch(records.subList(from, records.size()), pace.max(MAX_RECORDS));
            if (!pace.await(batch.size())) {
                return new Result(List.of("stopped after %d of %d records".formatted(from, records.size())), ranges);
            }
            // The original range: a second dead letter of these records names it again.
            ranges.add(range(batch));
            List<String> failures = invoke(batch);
            if (!failures.isEmpty()) {
                return new Result(failures, ranges);
            }
            from += batch.size();
        }
        return new Result(List.of(), ranges);
    }

    private static List<ShardRecord> batch(List<ShardRecord> records, int max) {
        int count = 0;
        for (long bytes = 0; count < Math.min(max, records.size()); count++) {
            bytes += records.get(count).data().length;
            if (count > 0 && bytes > MAX_BYTES) {
                break;
            }
        }
        return records.subList(0, count);
    }

    private static Range range(List<ShardRecord> batch) {
        RecordOrigin first = batch.get(0).origin();
        RecordOrigin last = batch.get(batch.size() - 1).origin();
        return new Range(first.stream(), first.shard(), first.sequenceNumber(), last.sequenceNumber());
    }

    private List<String> invoke(List<ShardRecord> batch) {
        byte[] event;
        try {
            event = MAPPER.writeValueAsBytes(event(batch));
        } catch (IOException invalid) {
            return List.of("the change of an item is not a JSON object: " + invalid.getMessage());
        }
        try {
            InvokeResponse answer = lambda.invoke(
                    request -> request.functionName(function).payload(SdkBytes.fromByteArrayUnsafe(event)));
            String text = answer.payload() == null ? "" : answer.payload().asUtf8String();
            return answer.functionError() == null
                    ? failures(text)
                    : List.of("function error " + answer.functionError() + ": " + text);
        } catch (SdkException refused) {
            return List.of(SdkFailures.cause(refused));
        } catch (IOException unreadable) {
            return List.of("the function's answer is not JSON: " + unreadable.getMessage());
        }
    }

    private static List<String> failures(String answer) throws IOException {
        List<String> failures = new ArrayList<>();
        JsonNode json = MAPPER.readTree(answer);
        if (json != null) {
            for (JsonNode failure : json.path("batchItemFailures")) {
                failures.add("failed again: " + failure.path("itemIdentifier").asText());
            }
        }
        return failures;
    }

    private ObjectNode event(List<ShardRecord> batch) throws IOException {
        ObjectNode event = MAPPER.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (ShardRecord record : batch) {
            RecordOrigin origin = record.origin();
            if (DeadLetter.RecordRange.isOfTable(origin.stream())) {
                records.add(tableRecord(record));
                continue;
            }
            ObjectNode one = records.addObject();
            one.putObject("kinesis")
                    .put("kinesisSchemaVersion", "1.0")
                    .put("partitionKey", origin.partitionKey())
                    .put("sequenceNumber", origin.sequenceNumber())
                    .put("data", Base64.getEncoder().encodeToString(record.data()))
                    .put("approximateArrivalTimestamp", origin.arrivedAt().toEpochMilli() / 1e3);
            one.put("eventSource", "aws:kinesis")
                    .put("eventVersion", "1.0")
                    .put("eventID", origin.shard() + ":" + origin.sequenceNumber())
                    .put("eventName", "aws:kinesis:record")
                    .put("awsRegion", region)
                    .put("eventSourceARN", origin.stream());
        }
        return event;
    }

    /** Returns the change of an item as {@link TableRecordJson} wrote it, or as the user edited it. */
    private ObjectNode tableRecord(ShardRecord record) throws IOException {
        if (!(MAPPER.readTree(record.data()) instanceof ObjectNode change)) {
            throw new IOException("it is another JSON value");
        }
        return change.put("awsRegion", region).put("eventSourceARN", record.origin().stream());
    }
}
