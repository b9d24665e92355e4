package dev.ingestkit.local.table.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.control.AccountActions;
import dev.ingestkit.local.table.api.control.TableActions;
import dev.ingestkit.local.table.api.control.TagActions;
import dev.ingestkit.local.table.api.control.TimeToLiveActions;
import dev.ingestkit.local.table.api.item.BatchWrites;
import dev.ingestkit.local.table.api.item.ItemReads;
import dev.ingestkit.local.table.api.item.ItemWrites;
import dev.ingestkit.local.table.api.item.PageReads;
import dev.ingestkit.local.table.api.item.Transactions;
import dev.ingestkit.local.table.api.request.RequestReader;
import dev.ingestkit.local.table.api.request.ServiceModel;
import dev.ingestkit.local.table.api.request.Shape;
import dev.ingestkit.local.table.api.stream.RecordReading;
import dev.ingestkit.local.table.api.stream.StreamListing;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.ItemJson;
import dev.ingestkit.local.table.partiql.Partiql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB's API, without HTTP: the target of a request and its body in, status and body out. Errors are answers, too.
 * Thread-safe; no lock of the engine is held while JSON is read or written.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html">Low-level API</a>
 */
public final class TableApi {
    private static final String TABLES = "DynamoDB_20120810.";
    private static final String STREAMS = "DynamoDBStreams_20120810.";
    private static final String UNKNOWN = "com.amazon.coral.service#UnknownOperationException";

    private final ServiceModel model = ServiceModel.load();
    private final Map<String, Action> tableActions = new HashMap<>();
    private final Map<String, Action> streamActions = new HashMap<>();
    private final TableListener listener;

    /** An answer: an HTTP status and a JSON body. */
    public record Answer(int status, byte[] body) {}

    /** Creates the API over the engine; the listener is notified of every action before it is read. */
    public TableApi(ApiContext context, TableListener listener) {
        this.listener = listener;
        tableActions.putAll(TableActions.of(context));
        tableActions.putAll(TimeToLiveActions.of(context));
        tableActions.putAll(TagActions.of(context));
        tableActions.putAll(AccountActions.of(context));
        tableActions.putAll(ItemWrites.of(context));
        tableActions.putAll(ItemReads.of(context));
        tableActions.putAll(PageReads.of(context));
        tableActions.putAll(BatchWrites.of(context));
        tableActions.putAll(Transactions.of(context));
        tableActions.putAll(Partiql.of(context));
        streamActions.putAll(StreamListing.of(context));
        streamActions.putAll(RecordReading.of(context));
    }

    /** Returns the names of DynamoDB's supported actions. */
    public Set<String> tableActions() {
        return Set.copyOf(tableActions.keySet());
    }

    /** Returns the names of DynamoDB Streams' supported actions. */
    public Set<String> streamActions() {
        return Set.copyOf(streamActions.keySet());
    }

    private @Nullable Action action(String target, String name) {
        if (target.startsWith(TABLES)) {
            return tableActions.get(name);
        }
        return target.startsWith(STREAMS) ? streamActions.get(name) : null;
    }

    /** Answers a request by its {@code X-Amz-Target} header, which may be absent, and its body. */
    public Answer handle(@Nullable String target, byte[] body) {
        try {
            String name = target == null ? "" : target.substring(target.indexOf('.') + 1);
            Action action = target == null ? null : action(target, name);
            Shape.Struct shape = model.action(name);
            if (action == null || shape == null) {
                throw unknown(String.valueOf(target), name);
            }
            listener.beforeAction(name);
            ByteArrayOutputStream out = new ByteArrayOutputStream(512);
            try (JsonGenerator json = ItemJson.FACTORY.createGenerator(out)) {
                json.writeStartObject();
                action.handle(RequestReader.read(shape, body), json);
                json.writeEndObject();
            }
            return new Answer(200, out.toByteArray());
        } catch (TableException e) {
            return ErrorAnswer.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write an answer to memory", e);
        }
    }

    private TableException unknown(String target, String name) {
        boolean refused = target.startsWith(TABLES) && model.isRefused(name);
        String message = refused ? "This table engine does not support the action " + name : null;
        return new TableException(400, UNKNOWN, message, null);
    }
}
