package dev.ingestkit.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queues, messages and move tasks as a store keeps them: JSON, and the part of a message that changes in bytes. */
final class QueueCodec {

    private static final int STATE_BYTES = 3 * Long.BYTES + Integer.BYTES + 2;

    private QueueCodec() {}

    static ObjectNode write(Queue queue) {
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("name", queue.name)
                .put("arn", queue.arn.toString())
                .put("createdAt", queue.createdAt)
                .put("modifiedAt", queue.modifiedAt)
                .put("purgedAt", queue.purgedAt)
                .put("fifo", queue.settings.fifo());
        node.set("attributes", Json.mapper().valueToTree(queue.settings.given()));
        node.set("tags", Json.mapper().valueToTree(new LinkedHashMap<>(queue.tags)));
        return node;
    }

    static Queue queue(JsonNode node, QueueStorage storage) {
        QueueSettings settings =
                QueueSettings.defaults(node.path("fifo").booleanValue()).with(texts(node.path("attributes")));
        Queue queue = new Queue(
                node.path("name").textValue(),
                Arn.parse(node.path("arn").textValue()),
                settings,
                node.path("createdAt").longValue(),
                storage);
        queue.modifiedAt = node.path("modifiedAt").longValue();
        queue.purgedAt = node.path("purgedAt").longValue();
        queue.tags.putAll(texts(node.path("tags")));
        return queue;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().textValue()));
        return texts;
    }

    static ObjectNode write(Message message) {
        MessageContent content = message.content;
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("id", message.id)
                .put("body", content.body())
                .put("bodyMd5", content.bodyMd5())
                .put("bytes", content.bytes())
                .put("sentAt", message.sentAt)
                .put("receivesBeforeMove", message.receivesBeforeMove);
        if (!content.attributes().isEmpty()) {
            node.set("attributes", content.attributes());
        }
        put(node, "attributesMd5", content.attributesMd5());
        put(node, "traceHeader", content.traceHeader());
        put(node, "systemMd5", content.systemMd5());
        put(node, "groupId", message.groupId);
        put(node, "deduplicationId", message.deduplicationId);
        put(node, "sequenceNumber", message.sequenceNumber);
        put(node, "senderId", message.senderId);
        put(node, "deadLetterSource", message.deadLetterSource);
        return node;
    }

    static ObjectNode write(MoveTask task) {
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("id", task.id)
                .put("source", task.source.arn.toString())
                .put("sourceCreatedAt", task.source.createdAt)
                .put("startedAt", task.startedAt)
                .put("toMove", task.toMove)
                .put("moved", task.moved)
                .put("status", task.status.name());
        task.destination.ifPresent(arn -> node.put("destination", arn.toString()));
        task.perSecond.ifPresent(rate -> node.put("perSecond", rate));
        put(node, "failureReason", task.failureReason);
        return node;
    }

    /**
     * Returns a task of an earlier process.
     *
     * @param queues finds a queue by its ARN
     * @return empty if the queue has been deleted since, even if there is another one of its name
     */
    static Optional<MoveTask> moveTask(JsonNode node, Function<Arn, Optional<Queue>> queues) {
        return queues.apply(Arn.parse(node.path("source").textValue()))
                .filter(source ->
                        source.createdAt == node.path("sourceCreatedAt").longValue())
                .map(source -> moveTask(node, source));
    }

    private static MoveTask moveTask(JsonNode node, Queue source) {
        MoveTask task = new MoveTask(
                node.path("id").textValue(),
                source,
                Optional.ofNullable(node.path("destination").textValue()).map(Arn::parse),
                Optional.of(node.path("perSecond")).filter(JsonNode::isNumber).map(JsonNode::longValue),
                node.path("startedAt").longValue(),
                node.path("toMove").intValue());
        task.moved = node.path("moved").intValue();
        task.status = MoveTask.Status.valueOf(node.path("status").textValue());
        task.failureReason = node.path("failureReason").textValue();
        return task;
    }

    private static void put(ObjectNode node, String member, @Nullable Object value) {
        if (value != null) {
            node.put(member, value.toString());
        }
    }

    static byte[] state(Message message) {
        return ByteBuffer.allocate(STATE_BYTES)
                .putLong(message.hiddenUntil)
                .putLong(message.firstReceivedAt)
                .putLong(message.lastReceivedAt)
                .putInt(message.receiveCount)
                .put((byte) (message.inFlight ? 1 : 0))
                .put((byte) (message.released ? 1 : 0))
                .array();
    }

    static Message message(long serial, JsonNode node, byte[] state) {
        JsonNode attributes = node.path("attributes");
        MessageContent content = new MessageContent(
                node.path("body").textValue(),
                node.path("bodyMd5").textValue(),
                attributes.isObject() ? attributes : Json.mapper().createObjectNode(),
                node.path("attributesMd5").textValue(),
                node.path("traceHeader").textValue(),
                node.path("systemMd5").textValue(),
                node.path("bytes").intValue());
        Message.Provenance from = new Message.Provenance(
                node.path("groupId").textValue(),
                node.path("deduplicationId").textValue(),
                node.path("sequenceNumber").textValue(),
                node.path("senderId").textValue());
        Message message = new Message(
                serial,
                node.path("id").textValue(),
                content,
                node.path("sentAt").longValue(),
                from);
        String source = node.path("deadLetterSource").textValue();
        message.deadLetterSource = source == null ? null : Arn.parse(source);
        message.receivesBeforeMove = node.path("receivesBeforeMove").intValue();
        ByteBuffer kept = ByteBuffer.wrap(state);
        message.hiddenUntil = kept.getLong();
        message.firstReceivedAt = kept.getLong();
        message.lastReceivedAt = kept.getLong();
        message.receiveCount = kept.getInt();
        message.inFlight = kept.get() == 1;
        message.released = kept.get() == 1;
        return message;
    }
}
