package dev.ingestkit.local.table.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Capacity;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.Got;
import dev.ingestkit.local.table.engine.IdempotencyToken;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.expression.Projection;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * TransactWriteItems and TransactGetItems. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
 */
public final class Transactions {
    private final ApiContext context;

    private Transactions(ApiContext context) {
        this.context = context;
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        Transactions transactions = new Transactions(context);
        return Map.of("TransactWriteItems", transactions::write, "TransactGetItems", transactions::get);
    }

    private void write(Fields request, JsonGenerator json) throws IOException {
        TransactMembers.write(request);
        List<Fields> items = request.structs("TransactItems");
        items.forEach(TransactInput::emptyNames);
        List<TransactInput> inputs = items.stream().map(TransactInput::read).toList();
        List<WriteRequest> writes =
                inputs.stream().map(input -> input.request(context.tables())).toList();
        List<Consumed> consumed = context.items().transactWrite(writes, token(request));
        Capacity.write(json, request.text("ReturnConsumedCapacity"), consumed, true);
        if (Metrics.isAsked(request.text("ReturnItemCollectionMetrics"))) {
            BatchWrites.writeMetrics(json, context, writes);
        }
    }

    private static @Nullable IdempotencyToken token(Fields request) {
        String token = request.text("ClientRequestToken");
        return token == null ? null : new IdempotencyToken(token, digest(request.digestText("TransactItems")));
    }

    private static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private void get(Fields request, JsonGenerator json) throws IOException {
        TransactMembers.get(request);
        List<GetRequest> reads = new ArrayList<>();
        List<@Nullable Projection> projections = new ArrayList<>();
        List<Fields> gets = request.structs("TransactItems").stream()
                .map(item -> Objects.requireNonNull(item.struct("Get")))
                .toList();
        gets.forEach(get -> NameRules.check(get.get("Key")));
        gets.forEach(get -> ValueRules.older(get.get("Key")));
        for (Fields get : gets) {
            ExpressionRules.TRANSACT_GET.check(get);
            projections.add(ItemReads.projection(get));
            reads.add(new GetRequest(Inputs.table(get), Inputs.item(get, "Key"), true));
        }
        List<Got> answers = context.items().transactGet(reads);
        json.writeArrayFieldStart("Responses");
        for (int i = 0; i < answers.size(); i++) {
            json.writeStartObject();
            Item item = answers.get(i).item();
            if (item != null) {
                json.writeFieldName("Item");
                ItemJson.write(json, ItemReads.projected(projections.get(i), item));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        Capacity.write(json, request.text("ReturnConsumedCapacity"), byTable(answers), true);
    }

    private static List<Consumed> byTable(List<Got> answers) {
        Map<String, Consumed> tables = new LinkedHashMap<>();
        for (Got answer : answers) {
            Consumed consumed = answer.consumed();
            tables.computeIfAbsent(consumed.table(), table -> new Consumed(table, true))
                    .add(consumed);
        }
        return List.copyOf(tables.values());
    }
}
