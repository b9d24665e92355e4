package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks into the queues of the services that run at the moment, which are others once a state is loaded. Thread-safe. */
public final class CurrentQueues implements QueueContents {

    private final Supplier<QueueContents> current;

    public CurrentQueues(Supplier<QueueContents> current) {
        this.current = requireNonNull(current, "current");
    }

    @Override
    public Optional<List<ObjectNode>> messages(String queue, long after, int limit) {
        return current.get().messages(queue, after, limit);
    }

    @Override
    public Optional<String> body(String queue, String messageId) {
        return current.get().body(queue, messageId);
    }

    @Override
    public boolean delete(String queue, String messageId) {
        return current.get().delete(queue, messageId);
    }
}
