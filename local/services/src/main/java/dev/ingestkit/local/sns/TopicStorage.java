package dev.ingestkit.local.sns;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps topics and subscriptions in a store, each as a whole. Without a store nothing is kept. Not thread-safe: {@link
 * TopicStore} guards it.
 */
final class TopicStorage {

    /** Keeps nothing: topics end with the process. */
    static final TopicStorage NONE = new TopicStorage(null);

    private static final String TOPICS = "sns/topics";
    private static final String SUBSCRIPTIONS = "sns/subscriptions";
    /** Recent messages of FIFO topics, by the topic's ARN, a space and the deduplication id. */
    private static final String PUBLISHED = "sns/published";

    private final @Nullable Store store;

    private TopicStorage(@Nullable Store store) {
        this.store = store;
    }

    static TopicStorage in(Store store) {
        return new TopicStorage(requireNonNull(store, "store"));
    }

    void save(Topic topic) {
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("arn", topic.arn.toString())
                .put("lastSequence", topic.lastSequence());
        node.set("attributes", Json.mapper().valueToTree(topic.attributes));
        node.set("tags", Json.mapper().valueToTree(topic.tags));
        put(TOPICS, topic.arn.toString(), node);
    }

    void save(SubscriptionEntry subscription) {
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("topic", subscription.topic().toString())
                .put("protocol", subscription.protocol())
                .put("endpoint", subscription.endpoint());
        node.set("attributes", Json.mapper().valueToTree(subscription.attributes()));
        put(SUBSCRIPTIONS, subscription.arn().toString(), node);
    }

    private void put(String map, String key, ObjectNode node) {
        if (store != null) {
            store.commit(new Batch().put(map, bytes(key), bytes(node.toString())));
        }
    }

    /**
     * Keeps the deduplication id of a message.
     *
     * @param forgotten the ids whose time is over
     */
    void delivered(Topic topic, String deduplicationId, List<String> forgotten) {
        if (store == null) {
            return;
        }
        Batch batch = new Batch();
        forgotten.forEach(id -> batch.remove(PUBLISHED, published(topic, id)));
        Topic.Published message = topic.recent().get(deduplicationId);
        if (message != null) {
            ObjectNode node = Json.mapper()
                    .createObjectNode()
                    .put("messageId", message.messageId())
                    .put("sequenceNumber", message.sequenceNumber())
                    .put("at", message.at());
            batch.put(PUBLISHED, published(topic, deduplicationId), bytes(node.toString()));
        }
        store.commit(batch);
    }

    private static byte[] published(Topic topic, String deduplicationId) {
        return bytes(topic.arn + " " + deduplicationId);
    }

    void removed(Topic topic) {
        if (store != null) {
            Batch batch = new Batch().remove(TOPICS, bytes(topic.arn.toString()));
            topic.recent().keySet().forEach(id -> batch.remove(PUBLISHED, published(topic, id)));
            store.commit(batch);
        }
    }

    void removed(SubscriptionEntry subscription) {
        if (store != null) {
            store.commit(
                    new Batch().remove(SUBSCRIPTIONS, bytes(subscription.arn().toString())));
        }
    }

    /** Adds the topics and subscriptions of an earlier process. */
    void load(Map<String, Topic> topics, Map<String, SubscriptionEntry> subscriptions) {
        each(TOPICS, (arn, node) -> {
            Topic topic = new Topic(Arn.parse(arn));
            topic.attributes.putAll(texts(node.path("attributes")));
            topic.tags.putAll(texts(node.path("tags")));
            topic.resumeAfter(node.path("lastSequence").longValue());
            topics.put(topic.arn.resource(), topic);
        });
        each(PUBLISHED, (key, node) -> {
            int end = key.indexOf(' ');
            Topic topic = topics.get(Arn.parse(key.substring(0, end)).resource());
            if (topic != null) {
                topic.recent()
                        .put(
                                key.substring(end + 1),
                                new Topic.Published(
                                        node.path("messageId").textValue(),
                                        node.path("sequenceNumber").textValue(),
                                        node.path("at").longValue()));
            }
        });
        each(
                SUBSCRIPTIONS,
                (arn, node) -> subscriptions.put(
                        arn,
                        new SubscriptionEntry(
                                Arn.parse(arn),
                                Arn.parse(node.path("topic").textValue()),
                                node.path("protocol").textValue(),
                                node.path("endpoint").textValue(),
                                texts(node.path("attributes")))));
    }

    private void each(String map, BiConsumer<String, JsonNode> action) {
        if (store != null) {
            ByteCursor cursor = store.map(map).all();
            while (cursor.next()) {
                action.accept(new String(cursor.key(), StandardCharsets.UTF_8), parsed(cursor.value()));
            }
        }
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().textValue()));
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parsed(byte[] json) {
        return Json.stored(json, "a topic or subscription");
    }
}
