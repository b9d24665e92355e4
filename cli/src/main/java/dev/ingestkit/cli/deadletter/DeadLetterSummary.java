package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.send.EventNaming;
import dev.ingestkit.core.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a list; the components are its JSON form.
 *
 * @param id the message's id
 * @param kind {@code parked} by the writer, {@code on-failure} by the mapping, {@code message} by a queue's redrive
 *     policy, {@code invocation} by Lambda's asynchronous invocation, or {@code unknown}
 * @param cause why it is a dead letter
 * @param sentAt the arrival of the message in the queue
 * @param received the number of earlier receives of the message
 * @param redrives the number of earlier redrives whose records failed again, as known on this machine; null if none
 * @param redriveOf the message from which they were last redriven
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterSummary(
        String id,
        String kind,
        @JsonUnwrapped Cause cause,
        @JsonUnwrapped Records range,
        Instant sentAt,
        int received,
        @Nullable Integer redrives,
        @Nullable String redriveOf) {

    /**
     * The reason why a message is a dead letter.
     *
     * @param reason the writer's code, or the mapping's condition
     * @param text the reason for people
     * @param eventId the id of the event, if it is one and has an id
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cause(
            String reason, @Nullable String text, @Nullable String eventId) {

        public Cause {
            requireNonNull(reason, "reason");
        }
    }

    /**
     * The records of a dead letter.
     *
     * @param records the number of records that the mapping gave up on; 1 for a parked event
     * @param from the first record's sequence number
     * @param to the last record's sequence number
     * @param arrivedAt the arrival of the first record in the stream
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Records(
            int records,
            @Nullable String shard,
            @Nullable String from,
            @Nullable String to,
            @Nullable Instant arrivedAt) {

        static final Records NONE = new Records(0, null, null, null, null);
    }

    public DeadLetterSummary {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(cause, "cause");
        requireNonNull(range, "range");
        requireNonNull(sentAt, "sentAt");
    }

    /** Returns the summary of a message. */
    public static DeadLetterSummary of(ReceivedMessage deadLetter) {
        DeadLetter known = deadLetter.content().orElse(null);
        if (known == null) {
            return deadLetter
                    .moved()
                    .map(message -> moved(deadLetter, message))
                    .or(() -> deadLetter.invocation().map(failed -> invocation(deadLetter, failed)))
                    .orElseGet(() -> unknown(deadLetter));
        }
        return switch (known.kind()) {
            case PARKED -> parked(deadLetter, (DeadLetter.Parked) known);
            case ON_FAILURE -> onFailure(deadLetter, (DeadLetter.OnFailure) known);
        };
    }

    /** Returns the summary, completed from the redrive log. */
    public static DeadLetterSummary of(ReceivedMessage deadLetter, RedriveLog log) {
        DeadLetterSummary summary = of(deadLetter);
        return deadLetter
                .content()
                .flatMap(log::of)
                .map(mark -> summary.redriven(mark.redrives(), mark.redriveOf()))
                .orElse(summary);
    }

    /** Returns the writer's code, or the mapping's condition. */
    public String reason() {
        return cause.reason();
    }

    /** Returns the reason for people. */
    public @Nullable String text() {
        return cause.text();
    }

    /** Returns the id of the event, if it is one and has an id. */
    public @Nullable String eventId() {
        return cause.eventId();
    }

    /** Returns the number of records. */
    public int records() {
        return range.records();
    }

    /** Returns the shard of the records. */
    public @Nullable String shard() {
        return range.shard();
    }

    /** Returns the summary with the id of its only event. */
    public DeadLetterSummary withEvent(String event) {
        Cause named = new Cause(cause.reason(), cause.text(), event);
        return new DeadLetterSummary(id, kind, named, range, sentAt, received, redrives, redriveOf);
    }

    private DeadLetterSummary redriven(int times, String of) {
        return new DeadLetterSummary(id, kind, cause, range, sentAt, received, times, of);
    }

    /** Returns the summary of a requested message that is not in the queue. */
    static DeadLetterSummary absent(String id) {
        Cause notFound = new Cause("NOT_FOUND", null, null);
        return new DeadLetterSummary(id, "absent", notFound, Records.NONE, Instant.EPOCH, 0, null, null);
    }

    private static DeadLetterSummary parked(ReceivedMessage deadLetter, DeadLetter.Parked parked) {
        String sequence = parked.origin().sequenceNumber();
        return summary(
                deadLetter,
                "parked",
                new Cause(
                        parked.code().name(),
                        parked.reason(),
                        parked.id().orElse(parked.origin().partitionKey())),
                new Records(
                        1,
                        parked.origin().shard(),
                        sequence,
                        sequence,
                        parked.origin().arrivedAt()));
    }

    private static DeadLetterSummary onFailure(ReceivedMessage deadLetter, DeadLetter.OnFailure failure) {
        DeadLetter.RecordRange range = failure.range();
        String text = failure.error().map(error -> "function error " + error).orElse(null);
        return summary(
                deadLetter,
                "on-failure",
                new Cause(failure.condition(), text, null),
                new Records(
                        range.count(),
                        range.shard(),
                        range.firstSequenceNumber(),
                        range.lastSequenceNumber(),
                        range.firstArrival()));
    }

    private static DeadLetterSummary moved(ReceivedMessage deadLetter, MovedMessage message) {
        String event = EventNaming.bodyId(deadLetter.body().getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        Cause cause = new Cause("MaxReceiveCount", "received too often from queue " + message.queue(), event);
        return summary(deadLetter, "message", cause, new Records(1, null, null, null, null));
    }

    private static DeadLetterSummary invocation(ReceivedMessage deadLetter, FailedInvocation failed) {
        String error = failed.error() == null ? "" : ", function error " + failed.error();
        String event = EventNaming.bodyId(failed.payload()).orElse(null);
        Cause cause = new Cause(failed.condition(), "event of function " + failed.function() + error, event);
        return summary(deadLetter, "invocation", cause, new Records(1, null, null, null, null));
    }

    private static DeadLetterSummary unknown(ReceivedMessage deadLetter) {
        Cause unknown = new Cause("UNKNOWN", deadLetter.problem().orElse(""), null);
        return summary(deadLetter, "unknown", unknown, Records.NONE);
    }

    private static DeadLetterSummary summary(ReceivedMessage deadLetter, String kind, Cause cause, Records records) {
        return new DeadLetterSummary(
                deadLetter.messageId(),
                kind,
                cause,
                records,
                deadLetter.sentAt(),
                deadLetter.receiveCount() - 1,
                null,
                null);
    }
}
