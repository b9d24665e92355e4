package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.console.event.EventFeed;
import dev.ingestkit.local.events.SequenceNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks up what a runtime holds about events beside its journal. Thread-safe. */
public final class RecordedLookup implements EventFeed.Lookup {

    private final QueueContents queues;
    private final RecordContents records;
    private final FunctionLines lines;

    /** Creates a lookup in queues, in streams and in the functions' output. */
    public RecordedLookup(QueueContents queues, RecordContents records, FunctionLines lines) {
        this.queues = requireNonNull(queues, "queues");
        this.records = requireNonNull(records, "records");
        this.lines = requireNonNull(lines, "lines");
    }

    @Override
    public Optional<String> message(String queue, String messageId) {
        return queues.body(queue, messageId);
    }

    @Override
    public Map<String, String> messages(int ofQueue) {
        return queues.bodies(ofQueue);
    }

    @Override
    public Optional<byte[]> payload(String stream, String shardId, SequenceNumber number) {
        return records.data(stream, shardId, number);
    }

    @Override
    public List<ObjectNode> lines(Set<String> requestIds) {
        return lines.of(requestIds);
    }
}
