package dev.ingestkit.local.journal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an event or its surroundings. The JSON form of a case is its component list; a component
 * that is a record itself is written as its members, so that every line of the journal is flat.
 */
public sealed interface JournalEvent {

    /** Returns the kind, which names the case in JSON, counters and the tool's output. */
    Kind kind();

    /** The kinds of events, in the order of an event's life. */
    enum Kind {
        ACCEPTED,
        REJECTED,
        PUT,
        QUEUED,
        DELIVERED,
        ATTEMPT,
        STORED,
        PARKED,
        DEAD_LETTER,
        FILTERED,
        EXPIRED,
        DROPPED,
        FAULT,
        FUNCTION,
        INVOKED
    }

    /** The gateway answered 2xx: the record is in the stream. */
    record Accepted(
            String requestId,
            int status,
            String method,
            String path,
            @Nullable String shardId,
            @Nullable String sequenceNumber,
            int bytes,
            long micros)
            implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.ACCEPTED;
        }
    }

    /** The gateway answered with an error: the request may or may not have had an effect. */
    record Rejected(String requestId, int status, String method, String path, String reason) implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.REJECTED;
        }
    }

    /** A record entered a shard, from the gateway or from any other producer. */
    record Put(String stream, String shardId, String sequenceNumber, String partitionKey, int bytes)
            implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.PUT;
        }
    }

    /**
     * A message entered a queue: from a client or another service, or moved by a queue's redrive policy. The message that
     * a function sends is {@link Parked}, that of a mapping is {@link DeadLetter}.
     *
     * @param from the queue whose redrive policy moved the message; null if it was sent, or sent back by a move task
     * @param bodyIds the ids in the message's body, as {@link BodyIds} finds them
     */
    record Queued(
            String queue,
            String messageId,
            int bytes,
            @Nullable String from,
            List<String> bodyIds) implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.QUEUED;
        }
    }

    /**
     * A mapping took a batch from a shard and is about to invoke.
     *
     * @param lane the number of the shard's lane, from 1 to the mapping's parallelization factor: all records of a
     * partition key take the same one, and lanes deliver independently of each other
     */
    record Delivered(
            String mapping,
            String function,
            String stream,
            @JsonUnwrapped RecordRange range,
            int lane,
            int attempt) implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.DELIVERED;
        }
    }

    /**
     * An invocation for a batch has ended; its failed records will be delivered again.
     *
     * @param lane the number of the shard's lane, as of {@link Delivered}
     */
    record Attempt(
            String mapping,
            String function,
            @Nullable String requestId,
            @JsonUnwrapped RecordRange range,
            int lane,
            @JsonUnwrapped AttemptResult result)
            implements JournalEvent {

        /** The outcomes of an attempt. */
        public enum Outcome {
            SUCCEEDED,
            PARTIAL,
            FAILED,
            NOT_INVOKED
        }

        @Override
        public Kind kind() {
            return Kind.ATTEMPT;
        }
    }

    /** A function wrote an item; observed from its call, attributed by the invocation's trace header. */
    record Stored(@Nullable String requestId, @Nullable String function, String table, String key)
            implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.STORED;
        }
    }

    /**
     * A function sent a message to a queue; observed from its call, attributed by the invocation's trace header.
     *
     * @param bodyIds the ids in the message's body, as {@link BodyIds} finds them
     */
    record Parked(
            @Nullable String requestId,
            @Nullable String function,
            String queue,
            String messageId,
            int bytes,
            List<String> bodyIds)
            implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.PARKED;
        }
    }

    /** A mapping gave up on a range of records and notified its on-failure destination. */
    record DeadLetter(
            String mapping,
            String condition,
            @Nullable String destination,
            String stream,
            @JsonUnwrapped RecordRange range,
            @Nullable String messageId)
            implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.DEAD_LETTER;
        }
    }

    /** A mapping's filter dropped records: they count as processed. */
    record Filtered(String mapping, String shardId, List<String> sequenceNumbers) implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.FILTERED;
        }
    }

    /** Records expired in the stream before a mapping had read them. */
    record Expired(String stream, String shardId, String lastSequenceNumber, long records) implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.EXPIRED;
        }
    }

    /**
     * Messages left a queue without an invocation.
     *
     * @param messageIds none if all messages of the queue left it
     */
    record Dropped(String queue, Cause cause, List<String> messageIds) implements JournalEvent {

        /** The causes for which messages leave a queue. */
        public enum Cause {
            /** A mapping's filter dropped them: they count as processed. */
            FILTERED,
            /** Their retention period ended. */
            EXPIRED,
            /** The queue was purged or deleted. */
            PURGED
        }

        @Override
        public Kind kind() {
            return Kind.DROPPED;
        }

        /** Returns whether a message left the queue. */
        public boolean holds(String inQueue, String messageId) {
            return queue.equals(inQueue) && (messageIds.isEmpty() || messageIds.contains(messageId));
        }
    }

    /** A fault was injected. */
    record Fault(String stage, String fault, String target) implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.FAULT;
        }
    }

    /** A function's environment changed: started, reloaded, timed out, exited, killed. */
    record Function(String function, String what, @Nullable String detail) implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.FUNCTION;
        }
    }

    /**
     * A function was invoked for messages or events of a source without shards: a queue, a topic, a schedule, a rule.
     *
     * @param source the source's ARN
     * @param ids the ids of the messages or events
     * @param failedIds those that were not processed, if others of the batch were; empty otherwise
     * @param bodyIds the ids in the event, as {@link BodyIds} finds them; none for a queue's messages, which have them in
     * the entry of their arrival
     * @param result its attempt is 1 for the first invocation; a queue's messages carry their own count, so it is 1
     * there
     */
    record Invoked(
            String source,
            String function,
            @Nullable String requestId,
            List<String> ids,
            List<String> failedIds,
            List<String> bodyIds,
            @JsonUnwrapped AttemptResult result)
            implements JournalEvent {
        @Override
        public Kind kind() {
            return Kind.INVOKED;
        }

        /** Returns whether the function has processed a message or an event of the batch. */
        public boolean isProcessed(String id) {
            return ids.contains(id)
                    && (result.outcome() == Attempt.Outcome.SUCCEEDED
                            || (result.outcome() == Attempt.Outcome.PARTIAL && !failedIds.contains(id)));
        }
    }

    /** Returns the function that the event belongs to, if there is one. */
    default Optional<String> functionName() {
        return switch (kind()) {
            case DELIVERED -> Optional.of(((Delivered) this).function());
            case ATTEMPT -> Optional.of(((Attempt) this).function());
            case INVOKED -> Optional.of(((Invoked) this).function());
            case FUNCTION -> Optional.of(((Function) this).function());
            case ACCEPTED, REJECTED, PUT, QUEUED, STORED, PARKED, DEAD_LETTER, FILTERED, EXPIRED, DROPPED, FAULT ->
                Optional.empty();
        };
    }
}
