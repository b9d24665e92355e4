package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.SequenceNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks into the queues and streams of the services that run at the moment, which are replaced when a state is loaded.
 * Thread-safe.
 */
public final class CurrentContents implements QueueContents, RecordContents {

    private final Supplier<QueueContents> queues;
    private final Supplier<RecordContents> records;

    /** Creates a view of what the suppliers return at each question. */
    public CurrentContents(Supplier<QueueContents> queues, Supplier<RecordContents> records) {
        this.queues = requireNonNull(queues, "queues");
        this.records = requireNonNull(records, "records");
    }

    @Override
    public Optional<List<ObjectNode>> messages(String queue, long after, int limit) {
        return queues.get().messages(queue, after, limit);
    }

    @Override
    public Optional<String> body(String queue, String messageId) {
        return queues.get().body(queue, messageId);
    }

    @Override
    public Map<String, String> bodies(int ofQueue) {
        return queues.get().bodies(ofQueue);
    }

    @Override
    public boolean delete(String queue, String messageId) {
        return queues.get().delete(queue, messageId);
    }

    @Override
    public Optional<byte[]> data(String stream, String shardId, SequenceNumber number) {
        return records.get().data(stream, shardId, number);
    }
}
