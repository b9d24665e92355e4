package dev.ingestkit.local.table.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reason why one action of a transaction failed; code {@code None} if it did not. */
public record CancellationReason(
        String code, @Nullable String message, @Nullable Item item) {
    /** The name of the error. */
    public static final String CANCELED = "TransactionCanceledException";

    /** The reason of an action that did not fail. */
    public static final CancellationReason NONE = new CancellationReason("None", null, null);

    /** Returns the error of a transaction that is canceled for these reasons, one for each of its actions. */
    public static TableException canceled(List<CancellationReason> reasons) {
        String codes = reasons.stream().map(CancellationReason::code).collect(Collectors.joining(", "));
        return TableException.of(
                CANCELED,
                "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]",
                json -> {
                    json.writeArrayFieldStart("CancellationReasons");
                    for (CancellationReason reason : reasons) {
                        reason.write(json);
                    }
                    json.writeEndArray();
                });
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("Code", code);
        if (message != null) {
            json.writeStringField("Message", message);
        }
        if (item != null) {
            json.writeFieldName("Item");
            ItemJson.write(json, item);
        }
        json.writeEndObject();
    }
}
