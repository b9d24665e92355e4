package dev.ingestkit.local.dynamodb;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.CallDetail;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.Origin;
import dev.ingestkit.local.journal.Origins;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.TableEngine;
import dev.ingestkit.local.table.api.stream.TableStream;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.TableListener.ItemEvent;
import dev.ingestkit.local.time.RuntimeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DynamoDB behind the common port, executed by this process's table engine. Actions on single items run on the calling
 * I/O thread, since they take microseconds and wait for nothing; reads of many items run on threads of their own. Items
 * that a function stores are recorded in the journal. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html">DynamoDB API Reference</a>
 */
public final class DynamoDbService implements AwsService, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);

    /** The prefix of X-Amz-Target for tables. */
    private static final String TABLES = "DynamoDB_20120810.";

    /** The action whose statements have outcomes of their own. */
    private static final String STATEMENTS = "BatchExecuteStatement";

    /** The actions that handle few items and so may run on an I/O thread. */
    private static final Set<String> SHORT_ACTIONS = Set.of(
            "PutItem",
            "GetItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
            STATEMENTS,
            "TransactWriteItems",
            "TransactGetItems");

    /** The actions whose conditions and outcomes belong to the history of an event. */
    private static final Set<String> WRITES =
            Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", STATEMENTS, "TransactWriteItems");

    static final String THROTTLED =
            "The level of configured provisioned throughput for the table was exceeded (injected).";
    static final String FAILED = "Internal server error (injected).";

    private static final int WORKERS = 4;
    private static final FaultErrors FAULT_ERRORS = new FaultErrors(
            () -> ServiceException.badRequest("ProvisionedThroughputExceededException", THROTTLED),
            () -> new ServiceException("InternalServerError", 500, FAILED),
            DroppedConnectionException::new);

    private final TableEngine engine;
    private final StoredItems storedItems;
    private final Journal journal;
    private final Origins origins;
    private final FaultInjector faults;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, DaemonThreads.numbered("dynamodb"));
    private final ScheduledExecutorService sweeper;

    private DynamoDbService(
            Function<TableEngine.Settings, TableEngine> engine,
            TableEngine.Settings settings,
            Journal journal,
            Origins origins,
            Faults faults) {
        this.storedItems = new StoredItems();
        this.engine = engine.apply(settings.withListener(storedItems));
        this.journal = requireNonNull(journal, "journal");
        this.origins = requireNonNull(origins, "origins");
        this.faults = new FaultInjector(faults, FaultStage.DYNAMODB, ForkJoinPool.commonPool());
        this.sweeper = RuntimeClock.scheduler(
                settings.clock() instanceof Clock clock ? clock : Clock.systemUTC(), "dynamodb-sweep");
        var unused = sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Starts a service without tables that keeps its items in memory.
     *
     * @param settings Region, account, clock and ids; its listener is replaced
     * @param origins finds the invocation that sent a request
     */
    public static DynamoDbService inMemory(
            TableEngine.Settings settings, Journal journal, Origins origins, Faults faults) {
        return new DynamoDbService(TableEngine::inMemory, settings, journal, origins, faults);
    }

    /**
     * Starts a service over a store, with the tables that the store has. The service has no faults and journals
     * nothing.
     *
     * @param store closed by the caller, after this service
     * @param settings Region, account, clock and ids; its listener is replaced
     */
    public static DynamoDbService over(Store store, TableEngine.Settings settings) {
        return new DynamoDbService(
                listened -> new TableEngine(store, listened),
                settings,
                new Journal(Clock.systemUTC()),
                Origins.NONE,
                Faults.NONE);
    }

    /**
     * Starts a service over a store, with the tables that the store has.
     *
     * @param store closed by the caller, after this service
     * @param settings Region, account, clock and ids; its listener is replaced
     * @param origins finds the invocation that sent a request
     */
    public static DynamoDbService over(
            Store store, TableEngine.Settings settings, Journal journal, Origins origins, Faults faults) {
        return new DynamoDbService(listened -> new TableEngine(store, listened), settings, journal, origins, faults);
    }

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public Set<String> actions() {
        return engine.tableActions();
    }

    @Override
    public boolean readsInput() {
        return false;
    }

    @Override
    public String errorPrefix() {
        return "com.amazonaws.dynamodb.v20120810#";
    }

    /** Returns the stream of a table that an ARN names, for readers of this process; empty if there is none. */
    public Optional<TableStream> stream(String arn) {
        return engine.stream(arn);
    }

    /** Returns the service of the tables' streams, which shares this service's engine. */
    public AwsService streams() {
        return new DynamoDbStreamsService(engine, workers);
    }

    /**
     * Creates a table from the properties of {@code AWS::DynamoDB::Table} with all functions resolved: keys, indexes,
     * billing, stream, tags and time to live. Point-in-time recovery and encryption have no effect.
     *
     * @param streamLabel the last part of the ARN of the table's stream, if the properties ask for a stream
     * @throws ServiceException if DynamoDB would reject the table
     */
    public void createTable(String name, JsonNode properties, String streamLabel) {
        call("CreateTable", TableRequest.create(name, properties));
        openStream(name, properties, streamLabel);
        JsonNode ttl = properties.path("TimeToLiveSpecification");
        if (ttl.path("Enabled").asBoolean()) {
            ObjectNode request = JsonNodeFactory.instance.objectNode().put("TableName", name);
            request.putObject("TimeToLiveSpecification")
                    .put("AttributeName", ttl.path("AttributeName").asText())
                    .put("Enabled", true);
            call("UpdateTimeToLive", request);
        }
    }

    private void openStream(String name, JsonNode properties, String label) {
        JsonNode stream = properties.path("StreamSpecification");
        if (stream.hasNonNull("StreamViewType")) {
            StreamView view = StreamView.valueOf(stream.get("StreamViewType").asText());
            engine.openStream(name, view, label);
        }
    }

    /** Returns whether a table of this name exists. */
    public boolean hasTable(String name) {
        return engine.engine().tables().find(name) != null;
    }

    /**
     * Applies the properties of {@code AWS::DynamoDB::Table} that a template has changed: billing, throughput, stream,
     * time to live, indexes added and removed. The table keeps its items.
     *
     * @param streamLabel the last part of the ARN of the table's stream, if the properties ask for a stream
     * @throws ServiceException if DynamoDB would replace the table or rejects the change
     */
    public void updateTable(String name, JsonNode before, JsonNode now, String streamLabel) {
        TableRequest.updates(name, before, now).forEach(update -> call(update.action(), update.input()));
        openStream(name, now, streamLabel);
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        return (faults.isActive() ? withFaults(request) : execute(request)).thenApply(ServiceResponse.Raw::new);
    }

    private CompletionStage<HttpResponse> withFaults(ServiceRequest request) {
        byte[] body = request.http().body();
        Optional<ObjectNode> batch =
                request.action().equals(STATEMENTS) ? WrittenKeys.statements(body) : Optional.empty();
        if (batch.isEmpty()) {
            return faults.perform(target(request), FAULT_ERRORS, () -> execute(request));
        }
        List<Optional<Faults.Fault>> due = WrittenKeys.ofStatements(batch.get()).stream()
                .map(write -> faults.next(write.map(this::key).orElse(STATEMENTS)))
                .toList();
        StatementFaults single = new StatementFaults(batch.get(), due);
        Optional<Faults.Fault> whole = due.stream()
                .flatMap(Optional::stream)
                .filter(fault -> fault.kind().affectsWholeRequest())
                .findFirst();
        return faults.perform(
                whole,
                FAULT_ERRORS,
                () -> CompletableFuture.completedFuture(answer(
                        request, () -> single.execute(part -> engine.execute(TABLES + STATEMENTS, part)))));
    }

    private CompletionStage<HttpResponse> execute(ServiceRequest request) {
        String target = TABLES + request.action();
        byte[] body = request.http().body();
        Supplier<TableEngine.Answer> work = () -> engine.execute(target, body);
        return SHORT_ACTIONS.contains(request.action())
                ? CompletableFuture.completedFuture(answer(request, work))
                : CompletableFuture.supplyAsync(() -> answer(request, work), workers);
    }

    private HttpResponse answer(ServiceRequest request, Supplier<TableEngine.Answer> work) {
        Optional<Origin> origin = request.traceHeader().flatMap(origins::origin);
        if (origin.isEmpty()) {
            return response(work.get(), request.requestId());
        }
        List<ItemEvent> items = new ArrayList<>();
        long startedAt = System.nanoTime();
        TableEngine.Answer answer = storedItems.collect(work, items);
        if (WRITES.contains(request.action()) && journal.details().admits()) {
            journal.details()
                    .add(new CallDetail.TableCall(
                            origin.get().requestId(),
                            request.action(),
                            request.http().body(),
                            answer.status(),
                            answer.body(),
                            (System.nanoTime() - startedAt) / 1_000));
        }
        if (!items.isEmpty()) {
            journal.appendAll(StoredItems.entries(origin.get(), items, this::partitionKey));
        }
        return response(answer, request.requestId());
    }

    /** Returns an answer as DynamoDB sends it, with the checksum that SDKs verify. */
    static HttpResponse response(TableEngine.Answer answer, String requestId) {
        CRC32 checksum = new CRC32();
        checksum.update(answer.body());
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Content-Type", List.of("application/x-amz-json-1.0"));
        headers.put("x-amzn-RequestId", List.of(requestId));
        headers.put("x-amz-crc32", List.of(Long.toString(checksum.getValue())));
        return new HttpResponse(answer.status(), headers, new HttpResponse.Bytes(answer.body()));
    }

    /** Returns what fault filters match: the partition key of the first written item, else the action. */
    private String target(ServiceRequest request) {
        return WrittenKeys.first(request.action(), request.http().body())
                .map(this::key)
                .orElse(request.action());
    }

    private String key(WrittenKeys.Write write) {
        TableDefinition table = engine.engine().tables().find(write.table());
        return table == null
                ? write.firstValue()
                : write.value(table.keys().partition().name());
    }

    private String partitionKey(String table) {
        return engine.engine().tables().get(table).keys().partition().name();
    }

    private void call(String action, ObjectNode input) {
        TableEngine.Answer answer =
                engine.execute(TABLES + action, input.toString().getBytes(StandardCharsets.UTF_8));
        if (answer.status() != 200) {
            JsonNode members = parsed(answer.body());
            String type = members.path("__type").asText();
            throw new ServiceException(
                    type.substring(type.lastIndexOf('#') + 1),
                    answer.status(),
                    members.path("message").asText(members.path("Message").asText()));
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException malformed) {
            throw new UncheckedIOException("the table engine's answer is not JSON", malformed);
        }
    }

    /** Deletes expired items and stream records. A failed sweep is made up for by the next one. */
    private void sweep() {
        try {
            engine.sweep();
        } catch (RuntimeException unexpected) {
            LOG.error("deleting expired items and stream records failed", unexpected);
        }
    }

    /** Stops the service's threads. Idempotent. */
    @Override
    public void close() {
        sweeper.shutdownNow();
        workers.shutdown();
    }
}
