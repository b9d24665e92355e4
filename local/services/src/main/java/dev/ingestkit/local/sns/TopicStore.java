package dev.ingestkit.local.sns;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One account's topics in one region, and their subscriptions. Thread-safe: all methods are synchronized and short. */
final class TopicStore {

    private final String region;
    private final String accountId;
    private final Supplier<String> ids;
    private final Map<String, Topic> topics = new TreeMap<>();
    private final Map<String, SubscriptionEntry> subscriptions = new TreeMap<>();
    private final TopicStorage storage;

    /**
     * Creates a store.
     *
     * @param ids gives the ids of subscriptions and messages: UUIDs
     * @param storage has the topics at first
     */
    TopicStore(String region, String accountId, Supplier<String> ids, TopicStorage storage) {
        this.region = requireNonNull(region, "region");
        this.accountId = requireNonNull(accountId, "accountId");
        this.ids = requireNonNull(ids, "ids");
        this.storage = requireNonNull(storage, "storage");
        storage.load(topics, subscriptions);
    }

    String newId() {
        return ids.get();
    }

    String accountId() {
        return accountId;
    }

    Arn arnOf(String name) {
        return new Arn("aws", "sns", region, accountId, name);
    }

    synchronized Optional<Topic> named(String name) {
        return Optional.ofNullable(topics.get(name));
    }

    /**
     * Returns the topic of an ARN.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException NotFound, or InvalidParameter for a text that is not an ARN
     */
    synchronized Topic topic(String arn) {
        Arn parsed = Arn.tryParse(arn)
                .filter(each -> each.service().equals("sns"))
                .orElseThrow(() -> SnsErrors.invalid(
                        "TopicArn Reason: An ARN must have at least 6 elements, not " + arn.split(":", -1).length));
        Topic topic = topics.get(parsed.resource());
        if (topic == null || !topic.arn.equals(parsed)) {
            throw SnsErrors.noTopic();
        }
        return topic;
    }

    synchronized void add(Topic topic) {
        topics.put(topic.arn.resource(), topic);
        storage.save(topic);
    }

    /** Changes a topic's attributes or tags. */
    synchronized void change(Topic topic, Consumer<Topic> change) {
        change.accept(topic);
        if (topics.get(topic.arn.resource()) == topic) {
            storage.save(topic);
        }
    }

    synchronized void remove(Arn topic) {
        Topic removed = topics.remove(topic.resource());
        if (removed != null) {
            storage.removed(removed);
        }
        subscriptionsOf(topic)
                .forEach(subscription -> removeSubscription(subscription.arn().toString()));
    }

    synchronized List<Topic> topics() {
        return List.copyOf(topics.values());
    }

    synchronized Optional<SubscriptionEntry> subscription(String arn) {
        return Optional.ofNullable(subscriptions.get(arn));
    }

    synchronized void put(SubscriptionEntry subscription) {
        subscriptions.put(subscription.arn().toString(), subscription);
        storage.save(subscription);
    }

    synchronized void removeSubscription(String arn) {
        SubscriptionEntry removed = subscriptions.remove(arn);
        if (removed != null) {
            storage.removed(removed);
        }
    }

    synchronized List<SubscriptionEntry> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    synchronized List<SubscriptionEntry> subscriptionsOf(Arn topic) {
        return subscriptions.values().stream()
                .filter(subscription -> subscription.topic().equals(topic))
                .toList();
    }

    /** Takes a message of a topic: a FIFO topic numbers it, or finds that it was published before. */
    synchronized Topic.Accepted accept(Topic topic, String deduplicationId, long now) {
        String id = ids.get();
        if (!topic.isFifo()) {
            return new Topic.Accepted(id, "", false);
        }
        Topic.Accepted accepted = topic.accept(id, deduplicationId, now);
        storage.save(topic);
        return accepted;
    }

    /**
     * Keeps the deduplication id of a FIFO topic's message that is delivered. Not before: a client that gets no answer
     * publishes again, and its message must not be dropped when the process ended without the delivery.
     */
    synchronized void delivered(Topic topic, String deduplicationId, long now) {
        if (topic.isFifo() && topics.get(topic.arn.resource()) == topic) {
            storage.delivered(topic, deduplicationId, topic.forget(now));
        }
    }
}
