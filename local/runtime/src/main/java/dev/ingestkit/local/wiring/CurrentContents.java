package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.control.QueueContents;
import dev.ingestkit.local.control.RecordContents;
import dev.ingestkit.local.events.SequenceNumber;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the queues and streams of the services that run at the moment, which are others once a state is loaded.
 * Thread-safe.
 */
final class CurrentContents implements QueueContents, RecordContents {

    private final Supplier<@Nullable ServedStack> current;

    /** @param current returns the stack that is served; null before the start */
    CurrentContents(Supplier<@Nullable ServedStack> current) {
        this.current = requireNonNull(current, "current");
    }

    private QueueContents queues() {
        ServedStack served = current.get();
        return served == null ? QueueContents.UNKNOWN : served.services().queueContents();
    }

    private RecordContents records() {
        ServedStack served = current.get();
        return served == null ? RecordContents.UNKNOWN : served.services().recordContents();
    }

    @Override
    public Optional<List<ObjectNode>> messages(String queue, long after, int limit) {
        return queues().messages(queue, after, limit);
    }

    @Override
    public Optional<String> body(String queue, String messageId) {
        return queues().body(queue, messageId);
    }

    @Override
    public boolean delete(String queue, String messageId) {
        return queues().delete(queue, messageId);
    }

    @Override
    public Optional<byte[]> data(String stream, String shardId, SequenceNumber number) {
        return records().data(stream, shardId, number);
    }
}
