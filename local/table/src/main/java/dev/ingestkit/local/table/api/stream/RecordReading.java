package dev.ingestkit.local.table.api.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.engine.StreamActions;
import dev.ingestkit.local.table.engine.StreamRecord;
import dev.ingestkit.local.table.error.TableException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * GetShardIterator and GetRecords. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html">GetRecords</a>
 */
public final class RecordReading {
    private static final int MAX_RECORDS = 1_000;

    private final ApiContext context;

    private RecordReading(ApiContext context) {
        this.context = context;
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        RecordReading actions = new RecordReading(context);
        return Map.of("GetShardIterator", actions::iterator, "GetRecords", actions::records);
    }

    private void iterator(Fields request, JsonGenerator json) throws IOException {
        new Violations().collect(request).raise();
        StreamActions.StreamInfo stream = StreamListing.find(context, request.text("StreamArn"));
        String id = String.valueOf(request.text("ShardId"));
        StreamActions.ShardInfo shard = stream.shards().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> TableException.of(
                        "ResourceNotFoundException",
                        "Requested resource not found: Shard: " + id + " in stream " + request.text("StreamArn")
                                + " not found"));
        StreamActions.ShardRef ref = new StreamActions.ShardRef(stream.table(), stream.label(), id);
        long position = position(request, ref, shard);
        String arn = context.arns().stream(stream.table(), stream.label());
        json.writeStringField(
                "ShardIterator",
                new ShardIterator(ref, position, context.clock().instant()).text(arn));
    }

    private long position(Fields request, StreamActions.ShardRef ref, StreamActions.ShardInfo shard) {
        String type = String.valueOf(request.text("ShardIteratorType"));
        String sequence = request.text("SequenceNumber");
        boolean byNumber = type.endsWith("_SEQUENCE_NUMBER");
        if (!byNumber && sequence != null) {
            throw invalid("SequenceNumber should not be passed for this iterator type");
        }
        return switch (type) {
            case "TRIM_HORIZON" -> shard.oldest();
            case "LATEST" -> shard.next();
            case "AT_TIMESTAMP" -> at(request, ref, shard);
            default -> {
                if (sequence == null) {
                    throw invalid("SequenceNumber cannot be null");
                }
                long number = number(sequence, shard);
                yield type.startsWith("AT_") ? number : number + 1;
            }
        };
    }

    private static long number(String text, StreamActions.ShardInfo shard) {
        long number = Sequences.parse(text);
        if (number < shard.first() || number >= shard.next()) {
            throw TableException.validation("Invalid SequenceNumber for the shard");
        }
        if (number < shard.oldest()) {
            throw TableException.of(
                    "TrimmedDataAccessException",
                    "The operation attempted to read past the oldest stream record in a shard.");
        }
        return number;
    }

    /** Returns the position of the first record that is not older than the request's time. */
    private long at(Fields request, StreamActions.ShardRef ref, StreamActions.ShardInfo shard) {
        Double seconds = (Double) request.get("Timestamp");
        if (seconds == null) {
            throw invalid("Timestamp cannot be null");
        }
        Instant time = Instant.ofEpochMilli(Math.round(seconds * 1_000));
        return TableStream.firstSince(context.streams(), ref, shard.oldest(), time);
    }

    private static TableException invalid(String text) {
        return TableException.validation("One or more parameter values were invalid: " + text);
    }

    private void records(Fields request, JsonGenerator json) throws IOException {
        Violations violations = new Violations().collect(request);
        Long limit = request.number("Limit");
        if (limit != null && limit > MAX_RECORDS) {
            violations.add(limit, "limit", "Member must have value less than or equal to " + MAX_RECORDS);
        }
        violations.raise();
        ShardIterator iterator = ShardIterator.parse(
                String.valueOf(request.text("ShardIterator")), context.clock().instant());
        String arn =
                context.arns().stream(iterator.shard().table(), iterator.shard().label());
        StreamActions.StreamInfo stream = StreamListing.find(context, arn);
        StreamActions.StreamPage page = context.streams()
                .read(iterator.shard(), iterator.position(), limit == null ? MAX_RECORDS : limit.intValue());
        RecordForm form = RecordForm.ofApi(context.arns(), arn, stream.view());
        json.writeArrayFieldStart("Records");
        for (StreamRecord record : page.records()) {
            form.write(json, record);
        }
        json.writeEndArray();
        if (!page.ended()) {
            json.writeStringField(
                    "NextShardIterator",
                    new ShardIterator(
                                    iterator.shard(),
                                    page.next(),
                                    context.clock().instant())
                            .text(arn));
        }
    }
}
