package dev.ingestkit.local.table.partiql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ingestkit.local.table.engine.CancellationReason;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The cancellation of a transaction of statements, whose INSERTs have a reason of their own. */
final class Cancellation {
    private Cancellation() {}

    /** Returns the engine's error with the reasons of failed INSERTs as DynamoDB's PartiQL gives them. */
    static TableException withDuplicates(TableException error, IntPredicate isInsert) {
        TableException.Members members = error.members();
        if (!error.name().equals(CancellationReason.CANCELED) || members == null) {
            return error;
        }
        List<CancellationReason> reasons = read(members);
        for (int i = 0; i < reasons.size(); i++) {
            if (isInsert.test(i) && reasons.get(i).code().equals("ConditionalCheckFailed")) {
                reasons.set(
                        i,
                        new CancellationReason(
                                "DuplicateItem",
                                Writes.DUPLICATE,
                                reasons.get(i).item()));
            }
        }
        return CancellationReason.canceled(reasons);
    }

    private static List<CancellationReason> read(TableException.Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            try (JsonGenerator json = ItemJson.FACTORY.createGenerator(bytes)) {
                json.writeStartObject();
                members.write(json);
                json.writeEndObject();
            }
            List<CancellationReason> reasons = new ArrayList<>();
            try (JsonParser json = ItemJson.FACTORY.createParser(bytes.toByteArray())) {
                json.nextToken();
                json.nextToken();
                json.nextToken();
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    reasons.add(reason(json));
                }
            }
            return reasons;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read reasons from memory", e);
        }
    }

    private static CancellationReason reason(JsonParser json) throws IOException {
        String code = "None";
        @Nullable String message = null;
        @Nullable Item item = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "Code" -> code = json.getText();
                case "Message" -> message = json.getText();
                default -> item = new ItemJson().readItem(json);
            }
        }
        return new CancellationReason(code, message, item);
    }
}
