package dev.ingestkit.local.wiring;

import dev.ingestkit.local.control.Firing;
import dev.ingestkit.local.control.QueueContents;
import dev.ingestkit.local.control.QueueDepth;
import dev.ingestkit.local.control.RecordContents;
import dev.ingestkit.local.control.StreamState;
import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.dynamodb.DynamoDbService;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.RandomIds;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.TrackedFunctions;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.inprocess.HeldMessages;
import dev.ingestkit.local.inprocess.HeldRecords;
import dev.ingestkit.local.inprocess.KinesisStreamSource;
import dev.ingestkit.local.inprocess.QueueCalls;
import dev.ingestkit.local.inprocess.ReadPace;
import dev.ingestkit.local.inprocess.RetainingCheckpoints;
import dev.ingestkit.local.inprocess.ServiceIntegrationBackend;
import dev.ingestkit.local.inprocess.StackResources;
import dev.ingestkit.local.inprocess.StackRules;
import dev.ingestkit.local.inprocess.StoredCheckpoints;
import dev.ingestkit.local.inprocess.TableStreamSource;
import dev.ingestkit.local.inprocess.WrittenAnswers;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.kinesis.StreamHandle;
import dev.ingestkit.local.lambda.AwsQueueSource;
import dev.ingestkit.local.lambda.Destinations;
import dev.ingestkit.local.lambda.MappingStorage;
import dev.ingestkit.local.lambda.Mappings;
import dev.ingestkit.local.lambda.QueueMappings;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.StreamSource;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.s3.S3Service;
import dev.ingestkit.local.secrets.SecretsService;
import dev.ingestkit.local.sqs.SqsService;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.TableEngine;
import dev.ingestkit.local.table.api.stream.TableStream;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** The services of this process that hold data: stream, table, queue, secret. Thread-safe. */
final class Services implements DataServices {

    private final RuntimeParts parts;
    private final KinesisService kinesis;
    private final DynamoDbService dynamoDb;
    private final SqsService sqs;
    private final SecretsService secrets;
    private final S3Service s3;
    private final EventServices events;
    private final StackData resources;
    private final RetainingCheckpoints checkpoints;
    private final MappingStorage changes;
    private final Optional<Store> answersWait;
    private final ExecutorService wakeUps;
    private final Store store;

    private Services(URI endpoint, RuntimeParts parts, RunningStack.Settings settings, FunctionHost functions) {
        SecureRandom random = new SecureRandom();
        this.store = settings.state().store();
        this.parts = parts;
        this.answersWait = settings.state().isDurable() ? Optional.of(store) : Optional.empty();
        this.checkpoints = new RetainingCheckpoints(new StoredCheckpoints(store));
        this.changes = MappingStorage.in(store);
        this.wakeUps = parts.clock().scheduler("stream-wake-ups");
        this.dynamoDb = DynamoDbService.over(
                store,
                TableEngine.Settings.of(parts.region(), parts.accountId()).withClock(parts.clock()),
                parts.journal(),
                functions.origins(),
                parts.faults());
        this.kinesis = kinesis(parts, settings, random);
        this.sqs = SqsService.over(
                store,
                new SqsService.Location(parts.region(), parts.accountId(), () -> endpoint.toString()),
                parts.clock(),
                parts.journal(),
                functions.origins(),
                parts.faults(),
                random);
        this.secrets = SecretsService.over(
                store, parts.clock(), parts.region(), parts.accountId(), parts.faults(), () -> functions, random);
        this.s3 = S3Service.over(
                store,
                parts.clock(),
                parts.region(),
                parts.accountId(),
                Runtime.getRuntime().maxMemory() / 16,
                () -> UUID.randomUUID().toString());
        this.events = new EventServices(store, parts, kinesis, sqs, new TrackedFunctions(parts.clock(), functions));
        this.resources = new StackData(new StackResources(store), kinesis, sqs, s3, secrets, dynamoDb);
    }

    /** Returns the streams; in a data directory their records are in memory twice, so they may take half of the room. */
    private static KinesisService kinesis(RuntimeParts parts, RunningStack.Settings settings, SecureRandom random) {
        KinesisService.Options options =
                KinesisService.Options.of(parts.region(), parts.accountId(), settings.limits());
        return settings.state().isDurable()
                ? KinesisService.over(
                        settings.state().store(),
                        options.withMaxRetainedBytes(options.maxRetainedBytes() / 2),
                        parts.clock(),
                        parts.journal(),
                        parts.faults(),
                        random)
                : KinesisService.beside(
                        settings.state().memory(), options, parts.clock(), parts.journal(), parts.faults(), random);
    }

    /** Starts all services, without resources. */
    static Services start(URI endpoint, RunningStack.Settings settings, RuntimeParts parts, FunctionHost functions) {
        return new Services(endpoint, parts, settings, functions);
    }

    @Override
    public boolean performs(FaultStage stage) {
        return true;
    }

    @Override
    public List<AwsService> all() {
        List<AwsService> all = new ArrayList<>(List.of(kinesis, dynamoDb, dynamoDb.streams(), sqs, secrets));
        all.addAll(events.all());
        return all;
    }

    @Override
    public Map<String, HttpHandler> rest() {
        return Map.of(S3Service.NAME, s3);
    }

    /**
     * Returns the other handler, since these services are among the port's own; with a data directory its answers wait for that.
     */
    @Override
    public HttpHandler before(HttpHandler others, OriginRule origins) {
        return answersWait
                .<HttpHandler>map(store -> new WrittenAnswers(store, others))
                .orElse(others);
    }

    @Override
    public Gateway gateway(FunctionInvoker functions) {
        return parts.gateway(functions, new ServiceIntegrationBackend(all(), RandomIds::uuid));
    }

    @Override
    public Mappings mappings(FunctionInvoker functions) {
        Destinations destinations = new Destinations(
                (arn, body) -> sqs.send(Arn.parse(arn), body),
                (arn, body) -> events.sns().publish(Arn.parse(arn), body),
                (arn, key, content) -> s3.put(Arn.parse(arn), key, content),
                () -> UUID.randomUUID().toString());
        return new Mappings(
                parts.journal(), parts.clock(), functions, destinations, checkpoints, this::stream, changes);
    }

    private StreamSource stream(MappingConfig mapping) {
        return switch (mapping.kind()) {
            case KINESIS -> kinesisStream(mapping);
            case DYNAMODB -> tableStream(mapping.eventSourceArn());
        };
    }

    private StreamSource tableStream(String arn) {
        TableStream stream = dynamoDb.stream(arn).orElseThrow(() -> notFound(arn));
        return new TableStreamSource(stream, parts.journal(), parts.clock(), wakeUps, this::pace);
    }

    private static IllegalArgumentException notFound(String arn) {
        return new IllegalArgumentException("Stream not found: " + arn);
    }

    private StreamSource kinesisStream(MappingConfig mapping) {
        Arn arn = Arn.parse(mapping.eventSourceArn());
        StreamHandle handle = kinesis.stream(arn).orElseThrow(() -> notFound(mapping.eventSourceArn()));
        checkpoints.requireOf(mapping.uuid(), handle.id());
        // A mapping of an earlier run begins a shard that it has no position of at the shard's first record.
        StreamSource.Position start = checkpoints.load(mapping.uuid()).isEmpty()
                ? StreamSource.Position.of(mapping.settings().startingPosition())
                : new StreamSource.Position.TrimHorizon();
        checkpoints.reads(mapping.uuid(), handle.retain(KinesisStreamSource.start(start)));
        return new KinesisStreamSource(handle, parts.journal(), parts.faults(), wakeUps, this::pace);
    }

    private ReadPace pace() {
        return ReadPace.of(parts.clock());
    }

    @Override
    public QueueMappings queueMappings(FunctionInvoker functions) {
        QueueCalls calls = new QueueCalls(sqs);
        return new QueueMappings(
                parts.journal(), parts.clock(), functions, queue -> new AwsQueueSource(queue, calls), changes);
    }

    @Override
    public Firing firing(Stack stack) {
        return new StackRules(stack, events.buses());
    }

    @Override
    public AsyncInvocations invocations() {
        return events.invocations();
    }

    @Override
    public void create(Stack stack) {
        resources.create(stack);
        events.create(stack);
    }

    @Override
    public List<String> update(Stack next) {
        StackData changed = new StackData(new StackResources(store), kinesis, sqs, s3, secrets, dynamoDb);
        changed.create(next);
        changed.createTables(next);
        changed.rotate(next);
        return changed.changes();
    }

    @Override
    public void updateEvents(
            AppliedParts.Events parts, Stack next, Consumer<String> applied, Consumer<String> restart) {
        events.update(parts, next, applied, restart);
    }

    @Override
    public boolean reads(MappingSpec spec) {
        return true;
    }

    @Override
    public void createTables(Stack stack) {
        resources.createTables(stack);
    }

    @Override
    public void rotate(Stack stack) {
        resources.rotate(stack);
    }

    @Override
    public List<String> changes() {
        return resources.changes();
    }

    @Override
    public List<StreamState> streamStates() {
        return kinesis.streams().stream()
                .map(stream -> new StreamState(stream.name(), stream.status(), stream.openShards()))
                .toList();
    }

    @Override
    public List<QueueDepth> queueCounts() {
        return sqs.counts().stream()
                .map(queue -> new QueueDepth(
                        queue.name(), sqs.url(queue.arn()).orElse(""), queue.visible(), queue.inFlight()))
                .toList();
    }

    @Override
    public QueueContents queueContents() {
        return new HeldMessages(sqs);
    }

    @Override
    public RecordContents recordContents() {
        return new HeldRecords(kinesis);
    }

    @Override
    public void close() {
        events.close();
        kinesis.close();
        dynamoDb.close();
        sqs.close();
        secrets.close();
        wakeUps.shutdown();
    }
}
