package dev.ingestkit.local.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks into queues, and deletes from them, without receiving. Thread-safe. */
public interface QueueContents {

    /** Returns no message: messages of another endpoint can only be received. */
    QueueContents UNKNOWN = new QueueContents() {
        @Override
        public Optional<List<ObjectNode>> messages(String queue, long after, int limit) {
            return Optional.empty();
        }

        @Override
        public Optional<String> body(String queue, String messageId) {
            return Optional.empty();
        }

        @Override
        public Map<String, String> bodies(int ofQueue) {
            return Map.of();
        }

        @Override
        public boolean delete(String queue, String messageId) {
            return false;
        }
    };

    /**
     * Returns messages of a queue, oldest first, each with its {@code serial}, {@code id}, {@code body}, {@code sentAt},
     * {@code receives} and {@code state}, and with its {@code group} and {@code attributes} if it has them. One that a
     * redrive policy moved has the source's ARN as {@code movedFrom}, and {@code receivesBeforeMove}.
     *
     * @param after the serial of the last message that is known; 0 for none
     * @return empty if the queue is not one of this runtime
     */
    Optional<List<ObjectNode>> messages(String queue, long after, int limit);

    /** Returns the body of a message that was sent lately; empty if the queue does not hold it. */
    Optional<String> body(String queue, String messageId);

    /** Returns the bodies of messages by their ids, at most a number of the newest of each queue. */
    Map<String, String> bodies(int ofQueue);

    /** Deletes a message by its id, received or not; false if the queue does not hold it. */
    boolean delete(String queue, String messageId);
}
