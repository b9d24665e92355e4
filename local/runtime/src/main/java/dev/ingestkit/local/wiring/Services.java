package dev.ingestkit.local.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.control.QueueDepth;
import dev.ingestkit.local.dynamodb.DynamoDbService;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.functions.FunctionRuntime;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.gateway.jwt.IssuerKeys;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.inprocess.KinesisStreamSource;
import dev.ingestkit.local.inprocess.QueueCalls;
import dev.ingestkit.local.inprocess.RetainingCheckpoints;
import dev.ingestkit.local.inprocess.ServiceIntegrationBackend;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.kinesis.StreamHandle;
import dev.ingestkit.local.kinesis.StreamMode;
import dev.ingestkit.local.kinesis.StreamSpecification;
import dev.ingestkit.local.lambda.AwsQueueSource;
import dev.ingestkit.local.lambda.Destinations;
import dev.ingestkit.local.lambda.Mappings;
import dev.ingestkit.local.lambda.QueueMappings;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.StreamSource;
import dev.ingestkit.local.mapping.checkpoint.InMemoryCheckpoints;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.s3.S3Service;
import dev.ingestkit.local.secrets.SecretsService;
import dev.ingestkit.local.sqs.SqsService;
import dev.ingestkit.local.table.TableEngine;
import dev.ingestkit.local.template.spec.QueueSpec;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.StreamSpec;
import dev.ingestkit.local.template.spec.TableSpec;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The services of this process that hold data: stream, table, queue, secret. Thread-safe. */
final class Services implements DataServices {

    private final RuntimeParts parts;
    private final KinesisService kinesis;
    private final DynamoDbService dynamoDb;
    private final SqsService sqs;
    private final SecretsService secrets;
    private final S3Service s3;
    private final RetainingCheckpoints checkpoints = new RetainingCheckpoints(new InMemoryCheckpoints());
    private final ExecutorService wakeUps = Executors.newSingleThreadExecutor(DaemonThreads.named("stream-wake-ups"));

    private Services(URI endpoint, RuntimeParts parts, RunningStack.Settings settings, FunctionRuntime functions) {
        SecureRandom random = new SecureRandom();
        this.parts = parts;
        this.dynamoDb = DynamoDbService.inMemory(
                TableEngine.Settings.of(parts.region(), parts.accountId()).withClock(parts.clock()),
                parts.journal(),
                functions.origins(),
                parts.faults());
        this.kinesis = new KinesisService(
                KinesisService.Options.of(parts.region(), parts.accountId(), settings.limits()),
                parts.clock(),
                parts.journal(),
                parts.faults(),
                random);
        this.sqs = new SqsService(
                new SqsService.Location(parts.region(), parts.accountId(), () -> endpoint.toString()),
                parts.clock(),
                parts.journal(),
                functions.origins(),
                parts.faults(),
                random);
        this.secrets = new SecretsService(
                parts.clock(), parts.region(), parts.accountId(), parts.faults(), () -> functions, random);
        this.s3 = new S3Service(
                parts.clock(),
                parts.region(),
                parts.accountId(),
                Runtime.getRuntime().maxMemory() / 8,
                () -> UUID.randomUUID().toString());
    }

    /** Starts all services, without resources. */
    static Services start(URI endpoint, RunningStack.Settings settings, RuntimeParts parts, FunctionRuntime functions) {
        return new Services(endpoint, parts, settings, functions);
    }

    @Override
    public List<AwsService> all() {
        return List.of(kinesis, dynamoDb, dynamoDb.streams(), sqs, secrets);
    }

    @Override
    public Map<String, HttpHandler> rest() {
        return Map.of(S3Service.NAME, s3);
    }

    /** Returns the other handler: these services are among the port's own. */
    @Override
    public HttpHandler before(HttpHandler others, OriginRule origins) {
        return others;
    }

    @Override
    public Gateway gateway(FunctionRuntime functions) {
        return new Gateway(
                List.of(),
                new Gateway.Parts(
                        functions,
                        new ServiceIntegrationBackend(all(), UUID::randomUUID),
                        parts.journal(),
                        parts.faults(),
                        parts.clock(),
                        UUID::randomUUID,
                        new IssuerKeys(Optional.empty(), parts.clock())),
                new Gateway.Location(parts.region(), parts.accountId()));
    }

    @Override
    public Mappings mappings(FunctionRuntime functions) {
        Destinations destinations = new Destinations(
                (arn, body) -> sqs.send(Arn.parse(arn), body),
                (arn, key, content) -> s3.put(Arn.parse(arn), key, content),
                () -> UUID.randomUUID().toString());
        return new Mappings(parts.journal(), parts.clock(), functions, destinations, checkpoints, this::stream);
    }

    private StreamSource stream(MappingConfig mapping) {
        Arn arn = Arn.parse(mapping.eventSourceArn());
        StreamHandle handle = kinesis.stream(arn)
                .orElseThrow(() -> new IllegalArgumentException("there is no stream or consumer " + arn));
        checkpoints.reads(
                mapping.uuid(),
                handle.retain(KinesisStreamSource.start(
                        StreamSource.Position.of(mapping.settings().startingPosition()))));
        return new KinesisStreamSource(handle, parts.journal(), parts.faults(), wakeUps);
    }

    @Override
    public QueueMappings queueMappings(FunctionRuntime functions) {
        QueueCalls calls = new QueueCalls(sqs);
        return new QueueMappings(parts.journal(), parts.clock(), functions, queue -> new AwsQueueSource(queue, calls));
    }

    @Override
    public void create(Stack stack) {
        stack.data().streams().forEach(spec -> kinesis.createStream(specification(spec)));
        stack.data().consumers().forEach(spec -> kinesis.registerConsumer(spec.arn(), spec.tags()));
        stack.data().queues().stream()
                .sorted(Comparator.comparing(QueueSpec::hasDeadLetterQueue))
                .forEach(spec -> sqs.createFromTemplate(spec.name(), spec.properties()));
        stack.data().buckets().forEach(spec -> s3.createBucket(spec.name()));
        stack.data().secrets().forEach(spec -> secrets.createFromTemplate(spec.name(), spec.arn(), spec.properties()));
    }

    private static StreamSpecification specification(StreamSpec spec) {
        return new StreamSpecification(
                spec.name(),
                spec.onDemand() ? StreamMode.ON_DEMAND : StreamMode.PROVISIONED,
                spec.onDemand() ? StreamSpecification.ON_DEMAND_SHARDS : spec.shards(),
                spec.retentionHours(),
                spec.kmsKeyId().orElse(null),
                spec.maxRecordSizeKibibytes(),
                spec.tags());
    }

    @Override
    public void createTables(Stack stack) {
        stack.data().tables().forEach(spec -> dynamoDb.createTable(spec.name(), properties(spec)));
    }

    private static JsonNode properties(TableSpec spec) {
        ObjectNode properties = spec.createTable().deepCopy();
        spec.timeToLiveAttribute()
                .ifPresent(attribute -> properties
                        .putObject("TimeToLiveSpecification")
                        .put("AttributeName", attribute)
                        .put("Enabled", true));
        return properties;
    }

    @Override
    public void rotate(Stack stack) {
        stack.data().rotations().forEach(spec -> secrets.rotateFromTemplate(spec.rotateSecret()));
    }

    @Override
    public List<QueueDepth> queueCounts() {
        return sqs.counts().stream()
                .map(queue -> new QueueDepth(
                        queue.name(), sqs.url(queue.arn()).orElse(""), queue.visible(), queue.inFlight()))
                .toList();
    }

    @Override
    public void close() {
        kinesis.close();
        dynamoDb.close();
        sqs.close();
        secrets.close();
        wakeUps.shutdown();
    }
}
