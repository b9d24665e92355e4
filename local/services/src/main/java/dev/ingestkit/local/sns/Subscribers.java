package dev.ingestkit.local.sns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The queues and functions that topics deliver to. Implementations are thread-safe and do not block. */
public interface Subscribers {

    /**
     * Sends a message to a queue.
     *
     * @param attributes message attributes in the form of SQS's JSON
     * @param order the message's identity in a FIFO queue; null for a standard one
     */
    CompletionStage<Void> sendToQueue(Arn queue, String body, ObjectNode attributes, @Nullable Order order);

    /**
     * Passes an event to a function, asynchronously.
     *
     * @param source the topic
     * @param id the message's id
     * @return a stage that fails if the function does not exist
     */
    CompletionStage<Void> invoke(String functionArn, Arn source, String id, byte[] event);

    /**
     * A message's identity in a FIFO queue.
     *
     * @param groupId messages of a group keep their order
     * @param deduplicationId identifies duplicates
     */
    record Order(String groupId, String deduplicationId) {}
}
