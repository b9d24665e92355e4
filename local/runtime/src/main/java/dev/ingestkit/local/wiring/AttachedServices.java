package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.attach.AttachException;
import dev.ingestkit.local.attach.Attachment;
import dev.ingestkit.local.attach.DirectoryLock;
import dev.ingestkit.local.attach.ForwardedCalls;
import dev.ingestkit.local.attach.NoRules;
import dev.ingestkit.local.attach.QueueWatch;
import dev.ingestkit.local.attach.RecordsRead;
import dev.ingestkit.local.attach.RemoteBuckets;
import dev.ingestkit.local.attach.RemoteIntegrationBackend;
import dev.ingestkit.local.attach.RemoteQueues;
import dev.ingestkit.local.attach.RemoteStreamSource;
import dev.ingestkit.local.attach.RemoteTopics;
import dev.ingestkit.local.attach.RivalMappings;
import dev.ingestkit.local.attach.StreamCheckpoints;
import dev.ingestkit.local.control.Firing;
import dev.ingestkit.local.control.QueueContents;
import dev.ingestkit.local.control.QueueDepth;
import dev.ingestkit.local.control.RecordContents;
import dev.ingestkit.local.control.StreamState;
import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.delivery.WaitingInvocations;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.TrackedFunctions;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.lambda.AwsQueueSource;
import dev.ingestkit.local.lambda.Destinations;
import dev.ingestkit.local.lambda.MappingStorage;
import dev.ingestkit.local.lambda.Mappings;
import dev.ingestkit.local.lambda.QueueMappings;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.StreamSource;
import dev.ingestkit.local.mapping.ThreadEventLoop;
import dev.ingestkit.local.mapping.checkpoint.FileCheckpoints;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.QueueSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The stream, table, queue and secret of another endpoint, where nothing is created or deleted. Thread-safe. */
final class AttachedServices implements DataServices {

    private static final long SECONDS_TO_ANSWER = 60;

    private final RuntimeParts parts;
    private final Attachment attachment;
    private final RemoteQueues queues;
    private final QueueWatch watch;
    private final RecordsRead read;
    private final DirectoryLock lock;
    private final StreamCheckpoints checkpoints;
    private final AsyncInvocations invocations;

    private AttachedServices(Attachment attachment, RuntimeParts parts, FunctionInvoker functions, Path directory) {
        this.parts = requireNonNull(parts, "parts");
        this.attachment = requireNonNull(attachment, "attachment");
        this.queues = new RemoteQueues(attachment.endpoint());
        this.watch = new QueueWatch(queues);
        this.read = new RecordsRead(parts.journal());
        this.lock = DirectoryLock.take(directory);
        this.invocations = new AsyncInvocations(
                new TrackedFunctions(parts.clock(), functions),
                parts.journal(),
                parts.clock(),
                ThreadEventLoop.on(parts.clock(), "asynchronous-invocations"),
                this::send,
                WaitingInvocations.NONE);
        this.checkpoints = new StreamCheckpoints(new FileCheckpoints(directory));
    }

    /**
     * Attaches to an endpoint.
     *
     * @throws AttachException when another runtime uses the same checkpoints
     */
    static AttachedServices start(Attachment attachment, RuntimeParts parts, FunctionInvoker functions) {
        URI endpoint = attachment.endpoint().endpoint();
        String name = "%s-%s".formatted(endpoint.getHost(), endpoint.getPort() < 0 ? "" : endpoint.getPort());
        Path directory = attachment.stateDirectory().resolve("attach").resolve(name.replaceAll("[^A-Za-z0-9.-]", "_"));
        return new AttachedServices(attachment, parts, functions, directory);
    }

    @Override
    public boolean performs(FaultStage stage) {
        return !Attachment.forwards(stage);
    }

    @Override
    public List<AwsService> all() {
        return List.of();
    }

    @Override
    public Map<String, HttpHandler> rest() {
        return Map.of();
    }

    @Override
    public HttpHandler before(HttpHandler others, OriginRule origins) {
        return new ForwardedCalls(attachment.endpoint(), others, origins);
    }

    @Override
    public Gateway gateway(FunctionInvoker functions) {
        return parts.gateway(functions, new RemoteIntegrationBackend(attachment.endpoint()));
    }

    @Override
    public Mappings mappings(FunctionInvoker functions) {
        Destinations destinations = new Destinations(
                queues::send,
                new RemoteTopics(attachment.endpoint())::publish,
                new RemoteBuckets(attachment.endpoint())::put,
                () -> UUID.randomUUID().toString());
        return new Mappings(
                parts.journal(),
                parts.clock(),
                functions,
                destinations,
                checkpoints,
                this::source,
                MappingStorage.NONE);
    }

    private StreamSource source(MappingConfig config) {
        if (config.kind() != EventSourceKind.KINESIS) {
            throw new IllegalArgumentException(
                    "While attached, mappings read Kinesis streams only, not " + config.eventSourceArn());
        }
        return stream(config.eventSourceArn());
    }

    /** Returns none: the other endpoint runs its schedules and rules. */
    @Override
    public Firing firing(Stack stack) {
        return new NoRules(attachment.uri());
    }

    @Override
    public AsyncInvocations invocations() {
        return invocations;
    }

    @Override
    public QueueMappings queueMappings(FunctionInvoker functions) {
        return new QueueMappings(
                parts.journal(),
                parts.clock(),
                functions,
                queue -> new AwsQueueSource(queue, queues::call),
                MappingStorage.NONE);
    }

    private RemoteStreamSource stream(String arn) {
        return new RemoteStreamSource(attachment.endpoint(), arn.split("/consumer/", 2)[0], parts.clock(), read);
    }

    /**
     * Checks that the stack's resources exist and that no mapping competes.
     *
     * @throws AttachException naming the missing resources, or a mapping there that delivers the same records
     */
    @Override
    public void create(Stack stack) {
        List<String> missing = new ArrayList<>();
        stack.data().streams().forEach(spec -> require(spec.logicalId(), "AWS::Kinesis::Stream", missing));
        stack.data().consumers().forEach(spec -> require(spec.logicalId(), "AWS::Kinesis::StreamConsumer", missing));
        stack.data().tables().forEach(spec -> require(spec.logicalId(), "AWS::DynamoDB::Table", missing));
        stack.data().queues().forEach(spec -> require(spec.logicalId(), "AWS::SQS::Queue", missing));
        stack.data().secrets().forEach(spec -> require(spec.logicalId(), "AWS::SecretsManager::Secret", missing));
        stack.data().buckets().forEach(spec -> require(spec.logicalId(), "AWS::S3::Bucket", missing));
        if (!missing.isEmpty()) {
            throw new AttachException(
                    "the stack at %s lacks resources of the template: %s"
                            .formatted(attachment.endpoint().endpoint(), String.join(", ", missing)),
                    List.of("deploy this template there first"),
                    null);
        }
        stack.compute().mappings().forEach(spec -> prepare(spec, stack));
        stack.events().queueMappings().stream()
                .filter(spec -> spec.settings().enabled())
                .forEach(spec -> requireAlone(spec.function(), spec.queueArn(), stack));
        watch.start(stack.data().queues().stream()
                .map(QueueSpec::arn)
                .map(Arn::toString)
                .toList());
    }

    private void require(String logicalId, String type, List<String> missing) {
        if (attachment.stack().physicalId(logicalId, type).isEmpty()) {
            missing.add("%s (%s)".formatted(logicalId, type));
        }
    }

    private void prepare(MappingSpec spec, Stack stack) {
        if (!reads(spec)) {
            return;
        }
        if (spec.settings().enabled()) {
            requireAlone(spec.function(), spec.eventSourceArn(), stack);
        }
        checkpoints.reads(
                spec.uuid(),
                stream(spec.eventSourceArn())
                        .created()
                        .orTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                        .join());
    }

    @Override
    public boolean reads(MappingSpec spec) {
        return spec.kind() == EventSourceKind.KINESIS;
    }

    private void requireAlone(String named, String source, Stack stack) {
        if (attachment.besideMapping()) {
            return;
        }
        String function = stack.compute().functions().stream()
                .filter(candidate -> candidate.isNamed(named))
                .map(FunctionSpec::arn)
                .map(Arn::toString)
                .findFirst()
                .orElse(named);
        RivalMappings.requireNone(attachment.endpoint(), parts.region(), function, source);
    }

    /** Does nothing: {@link #create} has checked the tables. */
    @Override
    public void createTables(Stack stack) {}

    /** Returns nothing: the data is the other endpoint's. */
    @Override
    public List<String> changes() {
        return List.of();
    }

    /** Does nothing: the other endpoint rotates its secrets. */
    @Override
    public void rotate(Stack stack) {}

    /** Reports the change: the other endpoint's stack is deployed by its own tools. */
    @Override
    public List<String> update(Stack next) {
        return List.of("resources with data belong to the other endpoint: deploy the template there");
    }

    @Override
    public void updateEvents(
            AppliedParts.Events parts, Stack next, Consumer<String> applied, Consumer<String> restart) {
        next.events().asynchronous().forEach(spec -> invocations.configure(spec.functionArn(), spec.settings()));
    }

    @Override
    public List<StreamState> streamStates() {
        return List.of();
    }

    @Override
    public List<QueueDepth> queueCounts() {
        return watch.counts();
    }

    @Override
    public QueueContents queueContents() {
        return QueueContents.UNKNOWN;
    }

    @Override
    public RecordContents recordContents() {
        return RecordContents.UNKNOWN;
    }

    /** Sends what an asynchronous invocation tells its destination. */
    private CompletionStage<?> send(String arn, String body, ObjectNode attributes) {
        return Arn.parse(arn).service().equals("sns")
                ? new RemoteTopics(attachment.endpoint()).publish(arn, body)
                : queues.call(
                        Arn.parse(arn),
                        "SendMessage",
                        Json.mapper()
                                .createObjectNode()
                                .put("MessageBody", body)
                                .set("MessageAttributes", attributes));
    }

    @Override
    public void close() {
        invocations.close();
        lock.close();
    }
}
