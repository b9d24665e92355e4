package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.OrderedMap;
import dev.ingestkit.local.store.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps queues and their messages in a store: what one call changes is gathered and committed as a whole. A message's
 * content is written once, and what receives change is apart from it. Without a store nothing is kept. Not thread-safe:
 * {@link QueueRegistry} guards it.
 */
final class QueueStorage {

    private static final String QUEUES = "sqs/queues";
    private static final String DELETED = "sqs/deleted";
    private static final String ACCOUNT = "sqs/account";
    private static final String MOVE_TASKS = "sqs/move-tasks";
    private static final byte[] LAST_SERIAL = bytes("last-serial");

    private final @Nullable Store store;
    private final Map<String, byte[]> saved = new HashMap<>();
    private Batch batch = new Batch();

    private QueueStorage(@Nullable Store store) {
        this.store = store;
    }

    /** Returns a storage that keeps nothing: queues end with the process. */
    static QueueStorage none() {
        return new QueueStorage(null);
    }

    static QueueStorage in(Store store) {
        return new QueueStorage(requireNonNull(store, "store"));
    }

    private static String messages(Queue queue) {
        return "sqs/messages/" + queue.name;
    }

    private static String states(Queue queue) {
        return "sqs/states/" + queue.name;
    }

    private static String duplicates(Queue queue) {
        return "sqs/duplicates/" + queue.name;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** Commits the changes gathered since the last commit. */
    void commit() {
        if (store != null && !batch.isEmpty()) {
            Batch gathered = batch;
            batch = new Batch();
            store.commit(gathered);
        }
    }

    /** Keeps a queue's definition, if it has changed. */
    void queue(Queue queue) {
        if (store == null) {
            return;
        }
        byte[] definition = bytes(QueueCodec.write(queue).toString());
        if (!Arrays.equals(definition, saved.put(queue.name, definition))) {
            batch.put(QUEUES, bytes(queue.name), definition).remove(DELETED, bytes(queue.name));
        }
    }

    void deleted(Queue queue, long now) {
        if (store != null) {
            saved.remove(queue.name);
            batch.remove(QUEUES, bytes(queue.name)).put(DELETED, bytes(queue.name), bytes(now));
            purged(queue);
        }
    }

    void purged(Queue queue) {
        if (store != null) {
            batch.drop(messages(queue)).drop(states(queue)).drop(duplicates(queue));
        }
    }

    /** Keeps the number of the youngest message of all queues. */
    void serial(long serial) {
        if (store != null) {
            batch.put(ACCOUNT, LAST_SERIAL, bytes(serial));
        }
    }

    void added(Queue queue, Message message) {
        if (store != null) {
            batch.put(
                    messages(queue),
                    bytes(message.serial),
                    bytes(QueueCodec.write(message).toString()));
            changed(queue, message);
        }
    }

    /** Keeps what receives and visibility changes have done to a message. */
    void changed(Queue queue, Message message) {
        if (store != null) {
            batch.put(states(queue), bytes(message.serial), QueueCodec.state(message));
        }
    }

    void removed(Queue queue, Message message) {
        if (store != null) {
            batch.remove(messages(queue), bytes(message.serial)).remove(states(queue), bytes(message.serial));
        }
    }

    void sent(Queue queue, String deduplicationKey, QueueRegistry.Accepted accepted, long now) {
        if (store != null) {
            ObjectNode node = Json.mapper()
                    .createObjectNode()
                    .put("messageId", accepted.messageId())
                    .put("sequenceNumber", accepted.sequenceNumber())
                    .put("at", now);
            batch.put(duplicates(queue), bytes(deduplicationKey), bytes(node.toString()));
        }
    }

    void forgotten(Queue queue, String deduplicationKey) {
        if (store != null) {
            batch.remove(duplicates(queue), bytes(deduplicationKey));
        }
    }

    /** Keeps the progress of a task. */
    void moveTask(MoveTask task) {
        if (store != null) {
            batch.put(MOVE_TASKS, bytes(task.id), bytes(QueueCodec.write(task).toString()));
        }
    }

    void forgotten(MoveTask task) {
        if (store != null) {
            batch.remove(MOVE_TASKS, bytes(task.id));
        }
    }

    /** Returns the tasks of an earlier process, as {@link QueueCodec#moveTask} reads them. */
    List<JsonNode> moveTasks() {
        List<JsonNode> tasks = new ArrayList<>();
        each(MOVE_TASKS, (id, task) -> tasks.add(parsed(task)));
        return tasks;
    }

    long lastSerial() {
        byte[] serial = store == null ? null : store.map(ACCOUNT).get(LAST_SERIAL);
        return serial == null ? 0 : ByteBuffer.wrap(serial).getLong();
    }

    /** Returns the times at which queues were deleted, by name. */
    Map<String, Long> deletions() {
        Map<String, Long> times = new HashMap<>();
        each(
                DELETED,
                (name, time) -> times.put(
                        new String(name, StandardCharsets.UTF_8),
                        ByteBuffer.wrap(time).getLong()));
        return times;
    }

    /** Returns the queues of an earlier process, with their messages. */
    List<Queue> load(long now) {
        List<Queue> queues = new ArrayList<>();
        each(QUEUES, (name, definition) -> {
            Queue queue = QueueCodec.queue(parsed(definition), this);
            saved.put(queue.name, definition);
            load(queue, now);
            queues.add(queue);
        });
        return queues;
    }

    private void load(Queue queue, long now) {
        OrderedMap states = requireNonNull(store).map(states(queue));
        each(messages(queue), (serial, content) -> {
            byte[] state = states.get(serial);
            if (state == null) {
                throw new IllegalStateException(
                        "a message of queue '%s' has no state: restore the data directory".formatted(queue.name));
            }
            queue.restore(QueueCodec.message(ByteBuffer.wrap(serial).getLong(), parsed(content), state), now);
        });
        Map<String, JsonNode> sent = new HashMap<>();
        each(duplicates(queue), (key, node) -> sent.put(new String(key, StandardCharsets.UTF_8), parsed(node)));
        sent.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        entry -> entry.getValue().path("at").longValue()))
                .forEach(entry -> queue.deduplication.restore(
                        entry.getKey(),
                        new QueueRegistry.Accepted(
                                entry.getValue().path("messageId").textValue(),
                                entry.getValue().path("sequenceNumber").textValue()),
                        entry.getValue().path("at").longValue()));
    }

    private void each(String map, BiConsumer<byte[], byte[]> action) {
        if (store != null) {
            ByteCursor cursor = store.map(map).all();
            while (cursor.next()) {
                action.accept(cursor.key(), cursor.value());
            }
        }
    }

    private static JsonNode parsed(byte[] json) {
        return Json.stored(json, "a queue or message");
    }
}
