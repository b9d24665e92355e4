package dev.ingestkit.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.QueryDialect;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.Store;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * SNS in memory: one account's topics in one region. Messages are delivered to queues and functions; subscriptions by
 * other protocols stay unconfirmed. Thread-safe; an action runs on the calling thread.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/welcome.html">SNS API Reference</a>
 */
public final class SnsService implements AwsService {

    private final TopicStore store;
    private final TopicActions topics;
    private final SubscriptionActions subscriptions;
    private final PublishActions publishing;
    private final Map<String, Function<ServiceRequest, JsonNode>> actions = new HashMap<>();

    /**
     * Creates the service without topics.
     *
     * @param region the region in ARNs
     * @param accountId the account in ARNs, twelve digits
     * @param clock the time of messages and of deduplication
     * @param subscribers the queues and functions that topics deliver to
     * @param ids generates the ids of messages and subscriptions: UUIDs
     */
    public SnsService(String region, String accountId, Clock clock, Subscribers subscribers, Supplier<String> ids) {
        this(new TopicStore(region, accountId, ids, TopicStorage.NONE), clock, subscribers);
    }

    /**
     * Creates the service over a store, with the topics and subscriptions that the store has.
     *
     * @param kept closed by the caller, after this service
     */
    public static SnsService over(
            Store kept, String region, String accountId, Clock clock, Subscribers subscribers, Supplier<String> ids) {
        return new SnsService(new TopicStore(region, accountId, ids, TopicStorage.in(kept)), clock, subscribers);
    }

    private SnsService(TopicStore store, Clock clock, Subscribers subscribers) {
        this.store = store;
        this.topics = new TopicActions(store);
        this.subscriptions = new SubscriptionActions(store);
        this.publishing = new PublishActions(store, new Deliveries(store, subscribers), clock);
        actions.put("CreateTopic", topics::createTopic);
        actions.put("DeleteTopic", topics::deleteTopic);
        actions.put("ListTopics", topics::listTopics);
        actions.put("GetTopicAttributes", topics::getTopicAttributes);
        actions.put("SetTopicAttributes", topics::setTopicAttributes);
        actions.put("TagResource", topics::tagResource);
        actions.put("UntagResource", topics::untagResource);
        actions.put("ListTagsForResource", topics::listTagsForResource);
        actions.put("Subscribe", subscriptions::subscribe);
        actions.put("ConfirmSubscription", subscriptions::confirmSubscription);
        actions.put("Unsubscribe", subscriptions::unsubscribe);
        actions.put("ListSubscriptions", subscriptions::listSubscriptions);
        actions.put("ListSubscriptionsByTopic", subscriptions::listSubscriptionsByTopic);
        actions.put("GetSubscriptionAttributes", subscriptions::getSubscriptionAttributes);
        actions.put("SetSubscriptionAttributes", subscriptions::setSubscriptionAttributes);
        actions.put("Publish", publishing::publish);
        actions.put("PublishBatch", publishing::publishBatch);
    }

    @Override
    public String name() {
        return "sns";
    }

    @Override
    public Set<String> actions() {
        return Set.copyOf(actions.keySet());
    }

    @Override
    public QueryDialect queryDialect() {
        return SnsQuery.DIALECT;
    }

    /**
     * Creates a topic of a template.
     *
     * @param attributes the attributes as CreateTopic takes them
     * @return the topic's ARN
     */
    public Arn create(String name, Map<String, String> attributes, Map<String, String> tags) {
        return topics.declare(name, attributes, tags).arn;
    }

    /**
     * Subscribes an endpoint of a template to a topic.
     *
     * @param attributes the attributes as Subscribe takes them
     */
    public void subscribe(Arn topic, String protocol, String endpoint, Map<String, String> attributes) {
        subscriptions.declare(store.topic(topic.toString()), protocol, endpoint, attributes);
    }

    /**
     * Publishes a message from within the runtime, as a mapping does when it gives up on records.
     *
     * @return the message's id; a stage that fails with {@link ServiceException} if the topic does not exist or rejects
     *     the message
     */
    public CompletionStage<String> publish(Arn topic, String message) {
        AwsInput input = new AwsInput(
                AwsOutput.object().put("TopicArn", topic.toString()).put("Message", message));
        return attempt(() -> publishing.publish(input).path("MessageId").asText());
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        Function<ServiceRequest, JsonNode> action = actions.get(request.action());
        return action == null
                ? CompletableFuture.failedFuture(ServiceException.notImplemented("SNS", request.action()))
                : attempt(() -> ServiceResponse.of(action.apply(request)));
    }

    private static <T> CompletionStage<T> attempt(Supplier<T> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (ServiceException error) {
            return CompletableFuture.failedFuture(error);
        }
    }
}
