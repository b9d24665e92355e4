package dev.ingestkit.local.table;

import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.api.TableApi;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Arns;
import dev.ingestkit.local.table.api.control.TableStreams;
import dev.ingestkit.local.table.api.stream.TableStream;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.execution.Engine;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB and DynamoDB Streams for one account in one Region, without HTTP: a request's target and body in, status and
 * body out. Thread-safe. The engine starts no threads and reads no clock but the given one, so the owner has
 * to call {@link #sweep()} from time to time.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html">API reference</a>
 */
public final class TableEngine {
    private final Engine engine;
    private final ApiContext context;
    private final TableApi api;

    /**
     * The settings of an engine.
     *
     * @param region the Region in ARNs
     * @param account the account number in ARNs
     * @param clock the time of expiry, retention, tokens and stream records
     * @param ids makes identifiers of tables and stream records: a UUID each
     * @param listener is notified of actions and writes
     */
    public record Settings(
            String region, String account, InstantSource clock, Supplier<String> ids, TableListener listener) {

        /** Returns settings with the system's clock, random identifiers and no listener. */
        public static Settings of(String region, String account) {
            return new Settings(
                    region,
                    account,
                    InstantSource.system(),
                    () -> UUID.randomUUID().toString(),
                    TableListener.NONE);
        }

        /** Returns these settings with another listener. */
        public Settings withListener(TableListener other) {
            return new Settings(region, account, clock, ids, other);
        }

        /** Returns these settings with another clock. */
        public Settings withClock(InstantSource other) {
            return new Settings(region, account, other, ids, listener);
        }
    }

    /** An answer: the HTTP status and the JSON body. */
    public record Answer(int status, byte[] body) {}

    /**
     * Creates an engine over a store, with the tables that it holds.
     *
     * @param store closed by the caller, after this engine
     */
    public TableEngine(Store store, Settings settings) {
        engine = new Engine(store, settings.clock(), settings.listener());
        context = new ApiContext(
                engine.tables(),
                engine,
                engine.streams(),
                new Arns(settings.region(), settings.account()),
                settings.clock(),
                settings.ids());
        api = new TableApi(context, settings.listener());
    }

    /** Returns an engine without tables that keeps everything in memory. */
    public static TableEngine inMemory(Settings settings) {
        return new TableEngine(new MemoryStore(), settings);
    }

    /** Returns the names of the supported actions of DynamoDB, such as {@code PutItem}. */
    public Set<String> tableActions() {
        return api.tableActions();
    }

    /** Returns the names of the supported actions of DynamoDB Streams, such as {@code GetRecords}. */
    public Set<String> streamActions() {
        return api.streamActions();
    }

    /**
     * Executes a request; an error is an answer, too.
     *
     * @param target the {@code X-Amz-Target} header, such as {@code DynamoDB_20120810.PutItem}; null if it is
     * missing
     * @param body the request's JSON
     */
    public Answer execute(@Nullable String target, byte[] body) {
        TableApi.Answer answer = api.handle(target, body);
        return new Answer(answer.status(), answer.body());
    }

    /**
     * Opens a table's stream under a given label: a deployment resolves the stream's ARN before it creates the table.
     * Does nothing for a table that has a stream.
     *
     * @param label the last part of the stream's ARN
     * @throws TableException ResourceNotFoundException if the table does not exist
     */
    public void openStream(String table, StreamView view, String label) {
        engine.tables().update(table, definition -> TableStreams.opened(definition, view, label));
    }

    /** Returns the stream that an ARN names, for readers of this process; empty if there is none. */
    public Optional<TableStream> stream(String arn) {
        return TableStream.find(context, arn);
    }

    /**
     * Deletes items whose time to live is over and stream records older than 24 hours; returns the number of items. AWS
     * does so within a few days; every second or so suits development.
     */
    public int sweep() {
        return engine.sweep();
    }

    /** Returns the engine beneath the API, for callers in the same process that need no JSON. */
    public Engine engine() {
        return engine;
    }
}
