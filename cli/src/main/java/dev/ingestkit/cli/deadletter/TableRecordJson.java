package dev.ingestkit.cli.deadletter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * Writes a record of a table's stream as a function receives it, without the names of region and stream. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Lambda with DynamoDB</a>
 */
final class TableRecordJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TableRecordJson() {}

    static ObjectNode of(Record record) {
        ObjectNode json = NODES.objectNode();
        json.put("eventID", record.eventID());
        json.put("eventName", record.eventNameAsString());
        json.put("eventVersion", record.eventVersion());
        json.put("eventSource", record.eventSource());
        json.set("dynamodb", change(record.dynamodb()));
        if (record.userIdentity() != null) {
            json.putObject("userIdentity")
                    .put("type", record.userIdentity().type())
                    .put("principalId", record.userIdentity().principalId());
        }
        return json;
    }

    private static ObjectNode change(StreamRecord change) {
        ObjectNode json = NODES.objectNode();
        json.put(
                "ApproximateCreationDateTime",
                change.approximateCreationDateTime().getEpochSecond());
        json.set("Keys", attributes(change.keys()));
        if (change.hasNewImage()) {
            json.set("NewImage", attributes(change.newImage()));
        }
        if (change.hasOldImage()) {
            json.set("OldImage", attributes(change.oldImage()));
        }
        json.put("SequenceNumber", change.sequenceNumber());
        json.put("SizeBytes", change.sizeBytes());
        json.put("StreamViewType", change.streamViewTypeAsString());
        return json;
    }

    private static ObjectNode attributes(Map<String, AttributeValue> attributes) {
        ObjectNode json = NODES.objectNode();
        attributes.forEach((name, value) -> json.set(name, attribute(value)));
        return json;
    }

    private static ObjectNode attribute(AttributeValue value) {
        ObjectNode json = NODES.objectNode();
        switch (value.type()) {
            case S -> json.put("S", value.s());
            case N -> json.put("N", value.n());
            case B -> json.put("B", base64(value.b().asByteArrayUnsafe()));
            case BOOL -> json.put("BOOL", value.bool());
            case NUL -> json.put("NULL", value.nul());
            case M -> json.set("M", attributes(value.m()));
            case L -> {
                ArrayNode list = json.putArray("L");
                value.l().forEach(element -> list.add(attribute(element)));
            }
            case SS -> value.ss().forEach(json.putArray("SS")::add);
            case NS -> value.ns().forEach(json.putArray("NS")::add);
            case BS -> {
                ArrayNode set = json.putArray("BS");
                value.bs().forEach(element -> set.add(base64(element.asByteArrayUnsafe())));
            }
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("an attribute has a type that this tool does not know");
        }
        return json;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Returns the values of the item's keys, by which people know it, separated by commas. */
    static String key(Record record) {
        StringBuilder key = new StringBuilder();
        for (AttributeValue value : record.dynamodb().keys().values()) {
            String text = value.s() != null
                    ? value.s()
                    : value.n() != null ? value.n() : base64(value.b().asByteArrayUnsafe());
            key.append(key.isEmpty() ? "" : ",").append(text);
        }
        return key.toString();
    }
}
