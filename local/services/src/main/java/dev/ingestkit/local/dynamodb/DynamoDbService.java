package dev.ingestkit.local.dynamodb;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.Origin;
import dev.ingestkit.local.journal.Origins;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * DynamoDB behind the common port: calls are passed on to DynamoDB Local as they came. It starts in the background, and
 * calls wait until it is ready. What a function stores is told to the journal. Thread-safe.
 */
public final class DynamoDbService implements AwsService, AutoCloseable {

    private static final Set<String> ACTIONS = Set.of(
            "BatchExecuteStatement",
            "BatchGetItem",
            "BatchWriteItem",
            "CreateTable",
            "DeleteItem",
            "DeleteTable",
            "DescribeLimits",
            "DescribeTable",
            "DescribeTimeToLive",
            "ExecuteStatement",
            "ExecuteTransaction",
            "GetItem",
            "ListTables",
            "ListTagsOfResource",
            "PutItem",
            "Query",
            "Scan",
            "TagResource",
            "TransactGetItems",
            "TransactWriteItems",
            "UntagResource",
            "UpdateItem",
            "UpdateTable",
            "UpdateTimeToLive");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FaultErrors FAULT_ERRORS = new FaultErrors(
            () -> ServiceException.badRequest(
                    "ProvisionedThroughputExceededException",
                    "The level of configured provisioned throughput for the table was exceeded (injected)."),
            () -> new ServiceException("InternalServerError", 500, "Internal server error (injected)."),
            DroppedConnectionException::new);

    private final Journal journal;
    private final Origins origins;
    private final FaultInjector faults;
    private final CompletableFuture<DynamoDbLocal> database;
    private final CompletableFuture<Forwarder> forwarder;
    private final Map<String, String> hashKeys = new ConcurrentHashMap<>();
    private final PageLimits pageLimits = new PageLimits();

    private DynamoDbService(
            CompletableFuture<DynamoDbLocal> database,
            CompletableFuture<Forwarder> forwarder,
            Journal journal,
            Origins origins,
            Faults faults) {
        this.database = database;
        this.forwarder = forwarder;
        this.journal = requireNonNull(journal, "journal");
        this.origins = requireNonNull(origins, "origins");
        this.faults = new FaultInjector(faults, FaultStage.DYNAMODB, ForkJoinPool.commonPool());
    }

    /**
     * Begins to start and returns at once.
     *
     * @param home the folder with DynamoDB Local's jars
     * @throws IllegalStateException the folder lacks them; the message says how to get them
     */
    public static DynamoDbService start(
            Path home, String region, String accountId, Journal journal, Origins origins, Faults faults) {
        List<Path> jars = DynamoDbLocal.jarsOf(home);
        Executor thread = task -> {
            Thread starter = new Thread(task, "dynamodb-start");
            starter.setDaemon(true);
            starter.start();
        };
        CompletableFuture<DynamoDbLocal> database =
                CompletableFuture.supplyAsync(() -> DynamoDbLocal.start(jars), thread);
        CompletableFuture<Forwarder> forwarder =
                database.thenApply(local -> new Forwarder(local.endpoint(), region, accountId));
        return new DynamoDbService(database, forwarder, journal, origins, faults);
    }

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public Set<String> actions() {
        return ACTIONS;
    }

    @Override
    public boolean readsInput() {
        return false;
    }

    @Override
    public String errorPrefix() {
        return "com.amazonaws.dynamodb.v20120810#";
    }

    /** Ends when the database answers; fails when it could not start. */
    public CompletableFuture<Void> ready() {
        return database.thenAccept(started -> {});
    }

    /**
     * Creates a table from the properties of {@code AWS::DynamoDB::Table} with all functions resolved: keys, indexes,
     * billing, tags and time to live. Point-in-time recovery and encryption are accepted and have no effect.
     *
     * @return the table's ARN; fails with {@link ServiceException} when DynamoDB refuses
     */
    public CompletionStage<String> createTable(String name, JsonNode properties) {
        for (JsonNode key : properties.path("KeySchema")) {
            if (key.path("KeyType").asText().equals("HASH")) {
                hashKeys.put(name, key.path("AttributeName").asText());
            }
        }
        return call("CreateTable", TableRequest.create(name, properties)).thenCompose(created -> {
            String arn = created.path("TableDescription").path("TableArn").asText();
            JsonNode ttl = properties.path("TimeToLiveSpecification");
            if (!ttl.path("Enabled").asBoolean()) {
                return CompletableFuture.completedFuture(arn);
            }
            ObjectNode request = JsonNodeFactory.instance.objectNode().put("TableName", name);
            request.putObject("TimeToLiveSpecification")
                    .put("AttributeName", ttl.path("AttributeName").asText())
                    .put("Enabled", true);
            return call("UpdateTimeToLive", request).thenApply(updated -> arn);
        });
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        String action = request.action();
        byte[] body = request.http().body();
        Optional<String> problem = RequestSyntax.problem(body);
        if (problem.isPresent()) {
            return CompletableFuture.failedStage(ServiceException.badRequest("SerializationException", problem.get()));
        }
        Optional<Origin> origin = request.traceHeader().flatMap(origins::origin);
        boolean looksInside = ItemWrites.writes(action) && (origin.isPresent() || faults.isActive());
        List<ItemWrites.Write> writes = looksInside ? ItemWrites.of(action, body) : List.of();
        return answer(action, body, writes).thenApply(response -> {
            if (response.status() == 200 && origin.isPresent()) {
                record(origin.get(), writes);
            }
            return new ServiceResponse.Raw(response);
        });
    }

    private CompletionStage<HttpResponse> answer(String action, byte[] body, List<ItemWrites.Write> writes) {
        return faults.isActive()
                ? faults.perform(target(action, writes), FAULT_ERRORS, () -> forward(action, body))
                : forward(action, body);
    }

    private CompletableFuture<HttpResponse> forward(String action, byte[] body) {
        return forwarder.thenCompose(ready -> pageLimits.send(action, body, request -> ready.forward(action, request)));
    }

    private void record(Origin origin, List<ItemWrites.Write> writes) {
        List<JournalEvent.Stored> stored = writes.stream()
                .map(write ->
                        new JournalEvent.Stored(origin.requestId(), origin.function(), write.table(), keyOf(write)))
                .distinct()
                .toList();
        if (!stored.isEmpty()) {
            journal.appendAll(stored);
        }
    }

    private String target(String action, List<ItemWrites.Write> writes) {
        return writes.isEmpty() ? action : keyOf(writes.get(0));
    }

    /** The partition key's value; for a table made by a client, the table's first attribute stands in. */
    private String keyOf(ItemWrites.Write write) {
        String hashKey = hashKeys.get(write.table());
        if (hashKey != null) {
            return write.value(hashKey);
        }
        return write.attributes().properties().stream()
                .findFirst()
                .map(first -> write.value(first.getKey()))
                .orElse("");
    }

    private CompletionStage<JsonNode> call(String action, ObjectNode input) {
        byte[] body = input.toString().getBytes(StandardCharsets.UTF_8);
        return forward(action, body).thenApply(response -> {
            JsonNode answer = parsed(((HttpResponse.Bytes) response.body()).content());
            if (response.status() != 200) {
                String type = answer.path("__type").asText("InternalServerError");
                throw new ServiceException(
                        type.substring(type.lastIndexOf('#') + 1),
                        Math.max(400, response.status()),
                        answer.path("message").asText(answer.path("Message").asText()));
            }
            return answer;
        });
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            throw new UncheckedIOException("DynamoDB Local answered no JSON", malformed);
        }
    }

    /** Ends the database and forgets its tables; waits for a start that is under way. Idempotent. */
    @Override
    public void close() {
        forwarder
                .thenAccept(Forwarder::close)
                .exceptionally(neverStarted -> null)
                .join();
        database.handle((local, failed) -> {
                    if (local != null) {
                        local.close();
                    }
                    return true;
                })
                .join();
    }
}
