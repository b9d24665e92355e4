package dev.ingestkit.core.deadletter;

import dev.ingestkit.core.event.RecordOrigin;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** An event, or a range of records, that could not be stored. */
public sealed interface DeadLetter {

    /** Returns the kind of dead letter. */
    Kind kind();

    /** Returns the records' range in the stream: that of one record for a parked event. */
    RecordRange range();

    /** The kinds of dead letters, by sender. */
    enum Kind {
        PARKED,
        ON_FAILURE
    }

    /**
     * One event that the writer parked, with its payload where the queue's limit allows it.
     *
     * @param code the reason
     * @param reason the reason as a sentence, without the payload's content
     * @param eventId the event's id, null if the payload has none that can be a key
     * @param origin the record's position in the stream, while the stream retains it
     * @param size the payload's length in bytes
     * @param sha256 the payload's SHA-256 in hexadecimal
     * @param content the payload, byte for byte; null if it exceeds the queue's limit even compressed, and has to be
     *     read from the stream
     */
    record Parked(
            ReasonCode code,
            String reason,
            @Nullable String eventId,
            RecordOrigin origin,
            int size,
            String sha256,
            byte @Nullable [] content)
            implements DeadLetter {

        @Override
        public Kind kind() {
            return Kind.PARKED;
        }

        @Override
        public RecordRange range() {
            return new RecordRange(
                    origin.stream(),
                    origin.shard(),
                    origin.sequenceNumber(),
                    origin.sequenceNumber(),
                    origin.arrivedAt(),
                    origin.arrivedAt(),
                    1);
        }

        /** Returns the event's id, if the payload has one. */
        public Optional<String> id() {
            return Optional.ofNullable(eventId);
        }

        /** Returns the payload, unless it has to be read from the stream at {@link #origin}. */
        public Optional<byte[]> payload() {
            return Optional.ofNullable(content);
        }
    }

    /**
     * A range of records that the event source mapping gave up on. It holds no payload: the records are read back from
     * the shard while the stream retains them.
     *
     * @param condition {@code RetryAttemptsExhausted}, {@code RecordAgeExceeded} or another condition that AWS defines
     * @param timestamp when the mapping gave up
     * @param range the records
     * @param requestId of the last invocation; null if the message has none
     * @param functionArn the function; null if the message has none
     * @param invokeCount how often the function was invoked with the range; empty if the message does not say
     * @param functionError {@code Unhandled} or the like; null for a partial batch failure, or if there was no response
     */
    record OnFailure(
            String condition,
            Instant timestamp,
            RecordRange range,
            @Nullable String requestId,
            @Nullable String functionArn,
            OptionalInt invokeCount,
            @Nullable String functionError)
            implements DeadLetter {

        @Override
        public Kind kind() {
            return Kind.ON_FAILURE;
        }

        /** Returns the function's error, if it failed with one. */
        public Optional<String> error() {
            return Optional.ofNullable(functionError);
        }
    }

    /**
     * Records of one shard, both ends included. With parallelization, other partition keys' records may lie between.
     *
     * @param stream the stream's ARN
     * @param shard the shard's id
     * @param firstSequenceNumber of the first record
     * @param lastSequenceNumber of the last record
     * @param firstArrival of the first record
     * @param lastArrival of the last record
     * @param count how many records the batch held
     */
    record RecordRange(
            String stream,
            String shard,
            String firstSequenceNumber,
            String lastSequenceNumber,
            Instant firstArrival,
            Instant lastArrival,
            int count) {

        /** Returns whether the stream is that of a DynamoDB table. */
        public boolean isOfTable() {
            return isOfTable(stream);
        }

        /** Returns whether an ARN is that of a table's stream. */
        public static boolean isOfTable(String stream) {
            return stream.matches("arn:[^:]*:dynamodb:.*");
        }
    }
}
