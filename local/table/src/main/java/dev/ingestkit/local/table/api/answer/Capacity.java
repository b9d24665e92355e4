package dev.ingestkit.local.table.api.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.engine.Consumed;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes ConsumedCapacity by the ReturnConsumedCapacity of a request.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html">ConsumedCapacity</a>
 */
public final class Capacity {
    private static final String MEMBER = "ConsumedCapacity";
    private static final String UNITS = "CapacityUnits";

    private Capacity() {}

    /** Writes what one action consumed, where the request asks for it. */
    public static void write(JsonGenerator json, @Nullable String mode, Consumed consumed) throws IOException {
        if (isAsked(mode)) {
            json.writeFieldName(MEMBER);
            object(json, mode, consumed, false);
        }
    }

    /** Writes what a batch or a transaction consumed by table; a transaction tells reads from writes. */
    public static void write(
            JsonGenerator json, @Nullable String mode, Collection<Consumed> consumed, boolean transaction)
            throws IOException {
        if (isAsked(mode)) {
            json.writeArrayFieldStart(MEMBER);
            for (Consumed table : consumed) {
                object(json, mode, table, transaction);
            }
            json.writeEndArray();
        }
    }

    private static boolean isAsked(@Nullable String mode) {
        return "TOTAL".equals(mode) || "INDEXES".equals(mode);
    }

    private static void object(JsonGenerator json, @Nullable String mode, Consumed consumed, boolean transaction)
            throws IOException {
        String kind = consumed.reads() ? "ReadCapacityUnits" : "WriteCapacityUnits";
        json.writeStartObject();
        json.writeStringField("TableName", consumed.table());
        units(json, kind, consumed.total(), transaction);
        if ("INDEXES".equals(mode)) {
            json.writeObjectFieldStart("Table");
            units(json, kind, consumed.tableUnits(), transaction);
            json.writeEndObject();
            indexes(json, "LocalSecondaryIndexes", kind, consumed.localIndexes(), transaction);
            indexes(json, "GlobalSecondaryIndexes", kind, consumed.globalIndexes(), transaction);
        }
        json.writeEndObject();
    }

    private static void indexes(
            JsonGenerator json, String member, String kind, Map<String, Double> indexes, boolean transaction)
            throws IOException {
        if (indexes.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(member);
        for (Map.Entry<String, Double> index : indexes.entrySet()) {
            json.writeObjectFieldStart(index.getKey());
            units(json, kind, index.getValue(), transaction);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void units(JsonGenerator json, String kind, double units, boolean transaction) throws IOException {
        json.writeNumberField(UNITS, units);
        if (transaction) {
            json.writeNumberField(kind, units);
        }
    }
}
