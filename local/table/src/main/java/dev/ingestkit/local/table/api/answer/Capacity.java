package dev.ingestkit.local.table.api.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.engine.Consumed;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes ConsumedCapacity by the ReturnConsumedCapacity of a request. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html">ConsumedCapacity</a>
 */
public final class Capacity {
    private static final String MEMBER = "ConsumedCapacity";
    private static final String UNITS = "CapacityUnits";

    private Capacity() {}

    /** The form of capacity units: read or write units, combined or separate. */
    private record Form(String kind, boolean transaction) {}

    /** Writes the capacity that one action consumed if the request asks for it. */
    public static void write(JsonGenerator json, @Nullable String mode, Consumed consumed) throws IOException {
        if (isAsked(mode)) {
            json.writeFieldName(MEMBER);
            object(json, mode, consumed, false);
        }
    }

    /** Writes what a batch or a transaction consumed by table; a transaction distinguishes reads from writes. */
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
        Form form = new Form(consumed.reads() ? "ReadCapacityUnits" : "WriteCapacityUnits", transaction);
        json.writeStartObject();
        json.writeStringField("TableName", consumed.table());
        units(json, form, consumed.total());
        if ("INDEXES".equals(mode)) {
            json.writeObjectFieldStart("Table");
            units(json, form, consumed.tableUnits());
            json.writeEndObject();
            indexes(json, "LocalSecondaryIndexes", form, consumed.localIndexes());
            indexes(json, "GlobalSecondaryIndexes", form, consumed.globalIndexes());
        }
        json.writeEndObject();
    }

    private static void indexes(JsonGenerator json, String member, Form form, Map<String, Double> indexes)
            throws IOException {
        if (indexes.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(member);
        for (Map.Entry<String, Double> index : indexes.entrySet()) {
            json.writeObjectFieldStart(index.getKey());
            units(json, form, index.getValue());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void units(JsonGenerator json, Form form, double units) throws IOException {
        json.writeNumberField(UNITS, units);
        if (form.transaction()) {
            json.writeNumberField(form.kind(), units);
        }
    }
}
