package dev.ingestkit.local.table.api.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Times;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.engine.StreamActions;
import dev.ingestkit.local.table.error.TableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ListStreams and DescribeStream. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html">DescribeStream</a>
 */
public final class StreamListing {
    private static final int PAGE = 100;

    private final ApiContext context;

    private StreamListing(ApiContext context) {
        this.context = context;
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        StreamListing actions = new StreamListing(context);
        return Map.of("ListStreams", actions::list, "DescribeStream", actions::describe);
    }

    /** Returns the stream that an ARN names. */
    static StreamActions.StreamInfo find(ApiContext context, @Nullable String arn) {
        StreamArn stream = StreamArn.parse(String.valueOf(arn));
        StreamActions.StreamInfo info =
                stream == null ? null : context.streams().find(stream.table(), stream.label());
        if (info == null) {
            throw TableException.of(
                    "ResourceNotFoundException", "Requested resource not found: Stream: " + arn + " not found");
        }
        return info;
    }

    private void list(Fields request, JsonGenerator json) throws IOException {
        check(request);
        String start = request.text("ExclusiveStartStreamArn");
        List<StreamActions.StreamInfo> streams = context.streams().list(request.text("TableName"));
        int from = start == null ? 0 : after(streams.stream().map(this::arn).toList(), start);
        int to = Math.min(streams.size(), from + limit(request));
        json.writeArrayFieldStart("Streams");
        for (StreamActions.StreamInfo stream : streams.subList(from, to)) {
            json.writeStartObject();
            json.writeStringField("StreamArn", arn(stream));
            json.writeStringField("StreamLabel", stream.label());
            json.writeStringField("TableName", stream.table());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (to < streams.size()) {
            json.writeStringField("LastEvaluatedStreamArn", arn(streams.get(to - 1)));
        }
    }

    private void describe(Fields request, JsonGenerator json) throws IOException {
        check(request);
        StreamActions.StreamInfo stream = find(context, request.text("StreamArn"));
        List<StreamActions.ShardInfo> shards = shards(stream, request.struct("ShardFilter"));
        String start = request.text("ExclusiveStartShardId");
        int from = start == null
                ? 0
                : after(shards.stream().map(StreamActions.ShardInfo::id).toList(), start);
        int to = Math.min(shards.size(), from + limit(request));
        json.writeObjectFieldStart("StreamDescription");
        json.writeStringField("StreamArn", arn(stream));
        json.writeStringField("StreamLabel", stream.label());
        json.writeStringField("StreamStatus", stream.enabled() ? "ENABLED" : "DISABLED");
        json.writeStringField("StreamViewType", stream.view().name());
        Times.write(json, "CreationRequestDateTime", stream.created());
        json.writeStringField("TableName", stream.table());
        keys(json, stream.keys().names());
        json.writeArrayFieldStart("Shards");
        for (StreamActions.ShardInfo shard : shards.subList(from, to)) {
            shard(json, shard);
        }
        json.writeEndArray();
        if (to < shards.size()) {
            json.writeStringField("LastEvaluatedShardId", shards.get(to - 1).id());
        }
        json.writeEndObject();
    }

    private static List<StreamActions.ShardInfo> shards(StreamActions.StreamInfo stream, @Nullable Fields filter) {
        String parent = filter == null || !filter.has("Type") ? null : filter.text("ShardId");
        return parent == null
                ? stream.shards()
                : stream.shards().stream()
                        .filter(shard -> parent.equals(shard.parent()))
                        .toList();
    }

    private static void keys(JsonGenerator json, List<String> names) throws IOException {
        json.writeArrayFieldStart("KeySchema");
        for (int i = 0; i < names.size(); i++) {
            json.writeStartObject();
            json.writeStringField("AttributeName", names.get(i));
            json.writeStringField("KeyType", i == 0 ? "HASH" : "RANGE");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void shard(JsonGenerator json, StreamActions.ShardInfo shard) throws IOException {
        json.writeStartObject();
        json.writeStringField("ShardId", shard.id());
        json.writeObjectFieldStart("SequenceNumberRange");
        json.writeStringField("StartingSequenceNumber", Sequences.text(shard.first()));
        Long last = shard.last();
        if (last != null) {
            json.writeStringField("EndingSequenceNumber", Sequences.text(last));
        }
        json.writeEndObject();
        String parent = shard.parent();
        if (parent != null) {
            json.writeStringField("ParentShardId", parent);
        }
        json.writeEndObject();
    }

    private String arn(StreamActions.StreamInfo stream) {
        return context.arns().stream(stream.table(), stream.label());
    }

    private static int limit(Fields request) {
        Long limit = request.number("Limit");
        return limit == null ? PAGE : limit.intValue();
    }

    /** The API's model has no upper bound for the limit; its documentation has. */
    private static void check(Fields request) {
        Violations violations = new Violations().collect(request);
        Long limit = request.number("Limit");
        if (limit != null && limit > PAGE) {
            violations.add(limit, "limit", "Member must have value less than or equal to " + PAGE);
        }
        violations.raise();
    }

    /** Returns the position after a name; a name that is not listed is before the first. */
    private static int after(List<String> names, String start) {
        return names.indexOf(start) + 1;
    }
}
