package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * SQS in memory: one account's queues in one region, over the JSON and the query protocol. Thread-safe; an action is done
 * on the calling thread, a long poll waits without one.
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
     * Where the service is.
     *
     * @param baseUrl where the runtime is reached, for queue URLs: {@code http://localhost:4566}. Asked for each answer,
     *     since a port may be known late
     */
    public record Place(String region, String accountId, Supplier<String> baseUrl) {

        public Place {
            requireNonNull(region, "region");
            requireNonNull(accountId, "accountId");
            requireNonNull(baseUrl, "baseUrl");
        }
    }

    /**
     * @param clock decides on visibility, delay and retention. One that is moved by hand needs {@link #clockMoved}
     * @param journal gets a Parked entry for each message that a function sends
     * @param origins tells which invocation a call came from
     * @param random makes message ids
     */
    public SqsService(
            Place place, Clock clock, Journal journal, Origins origins, Faults faults, RandomGenerator random) {
        this.scheduler = newScheduler();
        this.faults = new FaultInjector(faults, FaultStage.SQS, scheduler);
        this.registry = new QueueRegistry(place.region(), place.accountId(), clock, scheduler, random);
        this.locator = new QueueLocator(registry, place.baseUrl(), place.region(), place.accountId());
        this.queues =
                new QueueActions(registry, locator, "arn:aws:sqs:" + place.region() + ":" + place.accountId() + ":");
        this.messages = new MessageActions(registry, locator, journal, origins, place.accountId());
        handleQueues();
        handleMessages();
        handleMoveTasks();
    }

    private static ScheduledExecutorService newScheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sqs");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return scheduler;
    }

    private void handleQueues() {
        on("CreateQueue", queues::createQueue);
        on("DeleteQueue", queues::deleteQueue);
        on("GetQueueUrl", queues::getQueueUrl);
        on("ListQueues", queues::listQueues);
        on("GetQueueAttributes", queues::getQueueAttributes);
        on("SetQueueAttributes", queues::setQueueAttributes);
        on("ListDeadLetterSourceQueues", queues::listDeadLetterSourceQueues);
        on("PurgeQueue", queues::purgeQueue);
        on("TagQueue", queues::tagQueue);
        on("UntagQueue", queues::untagQueue);
        on("ListQueueTags", queues::listQueueTags);
        PermissionActions permissions = new PermissionActions(locator);
        on("AddPermission", permissions::addPermission);
        on("RemovePermission", permissions::removePermission);
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

    private void handleMoveTasks() {
        MoveTasks tasks = new MoveTasks(registry, scheduler);
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
     * Makes the queue that a template describes; a queue that it names as dead letter queue must exist already.
     *
     * @param generatedName the name where the template gives none
     * @param properties of the {@code AWS::SQS::Queue}, with intrinsic functions resolved
     * @return the queue's ARN
     * @throws ServiceException for properties that AWS refuses
     */
    public String createFromTemplate(String generatedName, JsonNode properties) {
        QueueTemplate template = new QueueTemplate(properties);
        return queues.create(template.name(generatedName), template.attributes(), template.tags()).arn;
    }

    /** The URL of a queue, by its ARN; empty when there is none. */
    public Optional<String> url(String queueArn) {
        return registry.withArn(queueArn).map(locator::url);
    }

    /** What each queue holds, by name. */
    public List<QueueCounts> counts() {
        return registry.all().stream().map(registry::counts).toList();
    }

    /**
     * Sends a message from inside the runtime, as a mapping does that gives up on records. Faults strike here too.
     *
     * @return the message's id; a failed stage with {@link ServiceException} when the queue does not exist or refuses it
     */
    public CompletionStage<String> send(String queueArn, String body) {
        return withFault(queueArn.substring(queueArn.lastIndexOf(':') + 1), () -> {
            Queue queue = registry.withArn(queueArn).orElseThrow(SqsErrors::queueDoesNotExist);
            AwsInput input = new AwsInput(AwsOutput.object().put("MessageBody", body));
            MessageContent content = Messages.read(input, (int) queue.settings.number("MaximumMessageSize"));
            Message.Provenance from = new Message.Provenance(null, null, null, "lambda");
            return CompletableFuture.completedFuture(
                    registry.send(queue, content, from, null).messageId());
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
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Tells that the clock was moved by hand: those who wait are served by the new time. */
    public void clockMoved() {
        registry.wakeAll();
    }

    /** Ends all waiting; long polls under way are answered without messages. */
    @Override
    public void close() {
        registry.releaseWaiters();
        scheduler.shutdown();
    }
}
