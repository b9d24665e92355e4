package dev.ingestkit.local.table.execution;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.engine.CancellationReason;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reasons why a transaction is canceled, one for each of its actions. */
final class Reasons {
    private final CancellationReason[] reasons;
    private boolean any;

    Reasons(int count) {
        reasons = new CancellationReason[count];
        Arrays.fill(reasons, CancellationReason.NONE);
    }

    void add(int index, TableException error, @Nullable Item item) {
        any = true;
        reasons[index] = ConditionFailure.is(error)
                ? new CancellationReason("ConditionalCheckFailed", error.getMessage(), item)
                : new CancellationReason("ValidationError", error.getMessage(), null);
    }

    void throwIfAny() {
        if (any) {
            String codes = Arrays.stream(reasons).map(CancellationReason::code).collect(Collectors.joining(", "));
            throw TableException.of(
                    "TransactionCanceledException",
                    "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]",
                    json -> {
                        json.writeArrayFieldStart("CancellationReasons");
                        for (CancellationReason reason : reasons) {
                            write(json, reason);
                        }
                        json.writeEndArray();
                    });
        }
    }

    private static void write(JsonGenerator json, CancellationReason reason) throws IOException {
        json.writeStartObject();
        json.writeStringField("Code", reason.code());
        if (reason.message() != null) {
            json.writeStringField("Message", reason.message());
        }
        Item item = reason.item();
        if (item != null) {
            json.writeFieldName("Item");
            ItemJson.write(json, item);
        }
        json.writeEndObject();
    }
}
