package dev.ingestkit.local.table.api.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Arns;
import dev.ingestkit.local.table.api.answer.Times;
import dev.ingestkit.local.table.engine.StreamRecord;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a stream's records: as GetRecords answers them, or as Lambda hands them to a function. The two differ in
 * the spelling of the identity that made a change and in the stream's ARN, which only the function's event has.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html">Record</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Lambda's event</a>
 */
record RecordForm(String region, String arn, StreamView view, boolean event) {

    static RecordForm ofApi(Arns arns, String arn, StreamView view) {
        return new RecordForm(arns.region(), arn, view, false);
    }

    static RecordForm ofEvent(Arns arns, String arn, StreamView view) {
        return new RecordForm(arns.region(), arn, view, true);
    }

    void write(JsonGenerator json, StreamRecord record) throws IOException {
        String sequence = Sequences.text(record.sequence());
        json.writeStartObject();
        json.writeStringField("eventID", eventId(sequence));
        json.writeStringField("eventName", record.kind().name());
        json.writeStringField("eventVersion", "1.1");
        json.writeStringField("eventSource", "aws:dynamodb");
        json.writeStringField("awsRegion", region);
        json.writeObjectFieldStart("dynamodb");
        Times.writeSeconds(json, "ApproximateCreationDateTime", record.time());
        item(json, "Keys", record.keys());
        item(json, "NewImage", record.newImage());
        item(json, "OldImage", record.oldImage());
        json.writeStringField("SequenceNumber", sequence);
        json.writeNumberField("SizeBytes", record.size());
        json.writeStringField("StreamViewType", view.name());
        json.writeEndObject();
        if (record.byService()) {
            json.writeObjectFieldStart("userIdentity");
            json.writeStringField(event ? "principalId" : "PrincipalId", "dynamodb.amazonaws.com");
            json.writeStringField(event ? "type" : "Type", "Service");
            json.writeEndObject();
        }
        if (event) {
            json.writeStringField("eventSourceARN", arn);
        }
        json.writeEndObject();
    }

    private static void item(JsonGenerator json, String member, @Nullable Item item) throws IOException {
        if (item != null) {
            json.writeFieldName(member);
            ItemJson.write(json, item);
        }
    }

    /** Returns 32 hexadecimal digits that are the same whenever the record is read. */
    private String eventId(String sequence) {
        return UUID.nameUUIDFromBytes((arn + sequence).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
