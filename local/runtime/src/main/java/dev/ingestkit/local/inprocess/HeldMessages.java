package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.control.QueueContents;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.sqs.HeldMessage;
import dev.ingestkit.local.sqs.SqsService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contents of this process's queues. Thread-safe. */
public final class HeldMessages implements QueueContents {

    private final SqsService sqs;

    /** Creates a view of a service's queues. */
    public HeldMessages(SqsService sqs) {
        this.sqs = requireNonNull(sqs, "sqs");
    }

    @Override
    public Optional<List<ObjectNode>> messages(String queue, long after, int limit) {
        return sqs.held(queue, after, limit)
                .map(messages -> messages.stream().map(HeldMessages::json).toList());
    }

    @Override
    public Optional<String> body(String queue, String messageId) {
        return sqs.body(queue, messageId);
    }

    @Override
    public Map<String, String> bodies(int ofQueue) {
        return sqs.bodies(ofQueue);
    }

    @Override
    public boolean delete(String queue, String messageId) {
        return sqs.delete(queue, messageId);
    }

    private static ObjectNode json(HeldMessage message) {
        ObjectNode json = Json.mapper()
                .createObjectNode()
                .put("serial", message.serial())
                .put("id", message.id())
                .put("body", message.content().body())
                .put("sentAt", message.sentAt().toString())
                .put("receives", message.receives())
                .put("state", message.state());
        if (message.group() != null) {
            json.put("group", message.group());
        }
        if (!message.content().attributes().isEmpty()) {
            json.set("attributes", message.content().attributes());
        }
        HeldMessage.Move move = message.move();
        return move == null
                ? json
                : json.put("movedFrom", move.source().toString()).put("receivesBeforeMove", move.receives());
    }
}
