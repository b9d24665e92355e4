package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.Origins;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.QueryDialect;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.RuntimeClock;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * SQS in memory: one account's queues in one region, over the JSON and the query protocol. Thread-safe. An action runs
 * on the calling thread; a long poll waits without a thread. One daemon thread named {@code sqs} completes long polls
 * and moves messages back from dead letter queues.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html">SQS API
 *     Reference</a>
 */
public final class SqsService implements AwsService, AutoCloseable {

    private static final FaultErrors FAULT_ERRORS = new FaultErrors(
            () -> new ServiceException("RequestThrottled", 403, "Request is throttled.")
                    .withQueryCode("RequestThrottled"),
            () -> new ServiceException("InternalFailure", 500, "The request processing has failed."),
            DroppedConnectionException::new);

    private final FaultInjector faults;
    private final ScheduledExecutorService scheduler;
    private final QueueRegistry registry;
    private final QueueLocator locator;
    private final QueueActions queues;
    private final MessageActions messages;
    private final Map<String, Function<ServiceRequest, CompletionStage<ServiceResponse>>> actions = new HashMap<>();

    /**
     * The account and region of the queues, and their URL.
     *
     * @param region the region in ARNs
     * @param accountId the account in ARNs, twelve digits
     * @param baseUrl returns the runtime's URL, {@code http://localhost:4566}. Called for each response, since a port
     *     may be known late
     */
    public record Location(String region, String accountId, Supplier<String> baseUrl) {

        public Location {
            requireNonNull(region, "region");
            requireNonNull(accountId, "accountId");
            requireNonNull(baseUrl, "baseUrl");
        }
    }

    /**
     * Starts the service without queues.
     *
     * @param clock determines visibility, delay and retention
     * @param journal receives a Parked entry for each message that a function sends
     * @param origins returns the invocation that made a call
     * @param faults faults to inject into calls
     * @param random generates message ids
     */
    public SqsService(
            Location location, Clock clock, Journal journal, Origins origins, Faults faults, RandomGenerator random) {
        this(QueueStorage.none(), location, clock, journal, origins, faults, random);
    }

    /**
     * Starts the service over a store, with the queues and messages that the store has.
     *
     * @param store closed by the caller, after this service
     */
    public static SqsService over(
            Store store,
            Location location,
            Clock clock,
            Journal journal,
            Origins origins,
            Faults faults,
            RandomGenerator random) {
        return new SqsService(QueueStorage.in(store), location, clock, journal, origins, faults, random);
    }

    private SqsService(
            QueueStorage storage,
            Location location,
            Clock clock,
            Journal journal,
            Origins origins,
            Faults faults,
            RandomGenerator random) {
        this.scheduler = RuntimeClock.scheduler(clock, "sqs");
        this.faults = new FaultInjector(faults, FaultStage.SQS, scheduler);
        this.registry =
                new QueueRegistry(location.region(), location.accountId(), clock, scheduler, random, journal, storage);
        this.locator = new QueueLocator(registry, location.baseUrl(), location.region(), location.accountId());
        this.queues = new QueueActions(registry, locator);
        this.messages = new MessageActions(registry, locator, journal, origins, location.accountId());
        handleQueues();
        handleMessages();
        handleMoveTasks(new MoveTasks(registry, storage, scheduler));
    }

    private void handleQueues() {
        on("CreateQueue", queues::createQueue);
        on("DeleteQueue", queues::deleteQueue);
        on("GetQueueUrl", queues::getQueueUrl);
        on("ListQueues", queues::listQueues);
        on("GetQueueAttributes", queues::getQueueAttributes);
        on("SetQueueAttributes", keeping(queues::setQueueAttributes));
        on("ListDeadLetterSourceQueues", queues::listDeadLetterSourceQueues);
        on("PurgeQueue", queues::purgeQueue);
        on("TagQueue", keeping(queues::tagQueue));
        on("UntagQueue", keeping(queues::untagQueue));
        on("ListQueueTags", queues::listQueueTags);
        PermissionActions permissions = new PermissionActions(locator);
        on("AddPermission", keeping(permissions::addPermission));
        on("RemovePermission", keeping(permissions::removePermission));
    }

    private Function<ServiceRequest, JsonNode> keeping(Function<ServiceRequest, JsonNode> change) {
        return request -> {
            JsonNode response = change.apply(request);
            registry.save();
            return response;
        };
    }

    private void handleMessages() {
        on("SendMessage", messages::sendMessage);
        on("DeleteMessage", messages::deleteMessage);
        on("ChangeMessageVisibility", messages::changeMessageVisibility);
        actions.put("ReceiveMessage", messages::receiveMessage);
        BatchActions batches = new BatchActions(locator, messages);
        on("SendMessageBatch", batches::sendMessageBatch);
        on("DeleteMessageBatch", batches::deleteMessageBatch);
        on("ChangeMessageVisibilityBatch", batches::changeMessageVisibilityBatch);
    }

    private void handleMoveTasks(MoveTasks tasks) {
        on("StartMessageMoveTask", tasks::startMessageMoveTask);
        on("ListMessageMoveTasks", tasks::listMessageMoveTasks);
        on("CancelMessageMoveTask", tasks::cancelMessageMoveTask);
    }

    private void on(String action, Function<ServiceRequest, JsonNode> work) {
        actions.put(action, request -> CompletableFuture.completedFuture(ServiceResponse.of(work.apply(request))));
    }

    @Override
    public String name() {
        return "sqs";
    }

    @Override
    public Set<String> actions() {
        return Set.copyOf(actions.keySet());
    }

    @Override
    public String errorPrefix() {
        return "com.amazonaws.sqs#";
    }

    @Override
    public QueryDialect queryDialect() {
        return SqsQuery.DIALECT;
    }

    /**
     * Creates the queue that a template describes. A queue that it names as its dead letter queue must exist already.
     *
     * @param generatedName the name if the template gives none
     * @param properties the properties of the {@code AWS::SQS::Queue}, with intrinsic functions resolved
     * @return the queue's ARN
     * @throws ServiceException for properties that AWS rejects
     */
    public Arn createFromTemplate(String generatedName, JsonNode properties) {
        QueueProperties template = new QueueProperties(properties);
        return queues.create(template.name(generatedName), template.attributes(), template.tags()).arn;
    }

    /**
     * Applies what a template has changed to a queue, which keeps its messages. An attribute that the template no
     * longer has gets its default.
     *
     * @throws ServiceException for properties that AWS rejects, and if the queue does not exist
     */
    public void updateFromTemplate(Arn arn, JsonNode before, JsonNode now) {
        queues.update(
                registry.withArn(arn).orElseThrow(SqsErrors::queueDoesNotExist),
                new QueueProperties(before).attributes(),
                new QueueProperties(now).attributes());
    }

    /** Returns the URL of a queue; empty if it does not exist. */
    public Optional<String> url(Arn queue) {
        return registry.withArn(queue).map(locator::url);
    }

    /** Returns the message counts of each queue, ordered by name. */
    public List<MessageCounts> counts() {
        return registry.all().stream().map(registry::counts).toList();
    }

    /** Returns messages of a queue after one, oldest first, without receiving them; empty if there is no such queue. */
    public Optional<List<HeldMessage>> held(String queue, long after, int limit) {
        return queue(queue).map(found -> registry.held(found, after, limit));
    }

    /** Returns the body of a message that was sent lately; empty if the queue does not hold it. */
    public Optional<String> body(String queue, String messageId) {
        return queue(queue).flatMap(found -> registry.body(found, messageId));
    }

    /** Returns the bodies of messages by their ids, at most a number of the newest of each queue. */
    public Map<String, String> bodies(int ofQueue) {
        return registry.bodies(ofQueue);
    }

    /** Deletes a message by its id, as no client of SQS can; false if no queue of that name holds it. */
    public boolean delete(String queue, String messageId) {
        return queue(queue).map(found -> registry.delete(found, messageId)).orElse(false);
    }

    private Optional<Queue> queue(String name) {
        return registry.all().stream().filter(queue -> queue.name.equals(name)).findFirst();
    }

    /**
     * Sends a message from within the runtime, as a mapping does for records that it gives up. Faults apply here too.
     *
     * @return the message's id; a stage that fails with {@link ServiceException} if the queue does not exist or rejects
     *     the message
     */
    public CompletionStage<String> send(Arn queueArn, String body) {
        return withFault(queueArn.resource(), () -> {
            Queue queue = registry.withArn(queueArn).orElseThrow(SqsErrors::queueDoesNotExist);
            AwsInput input = new AwsInput(AwsOutput.object().put("MessageBody", body));
            MessageContent content = MessageReader.read(input, (int) queue.settings.number("MaximumMessageSize"));
            Message.Provenance from = new Message.Provenance(null, null, null, "lambda");
            // The sender has noted it: a dead letter of the mapping, an invocation's destination.
            return CompletableFuture.completedFuture(registry.send(queue, content, from, null, (id, repeated) -> {})
                    .messageId());
        });
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        Function<ServiceRequest, CompletionStage<ServiceResponse>> action = actions.get(request.action());
        if (action == null) {
            return CompletableFuture.failedFuture(ServiceException.notImplemented("SQS", request.action()));
        }
        String url = request.input().path("QueueUrl").asText(request.http().rawPath());
        return withFault(QueueLocator.nameIn(url), () -> action.apply(request));
    }

    private <T> CompletionStage<T> withFault(String queue, Supplier<CompletionStage<T>> work) {
        return faults.perform(queue, FAULT_ERRORS, () -> execute(work));
    }

    private static <T> CompletionStage<T> execute(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (ServiceException error) {
            return CompletableFuture.failedFuture(error);
        }
    }

    /** Serves pending receives by the new time after the clock was moved by hand. */
    void clockMoved() {
        registry.wakeAll();
    }

    /** Completes long polls in flight without messages and stops the service's thread. */
    @Override
    public void close() {
        registry.releasePending();
        scheduler.shutdown();
    }
}
