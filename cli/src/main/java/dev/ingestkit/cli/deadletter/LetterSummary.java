package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.Letter;
import dev.ingestkit.core.deadletter.DeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a list; the components are its JSON form.
 *
 * @param id the message's id
 * @param kind {@code parked} by the writer, {@code on-failure} by the mapping, or {@code unknown}
 * @param reason the writer's code, or the mapping's condition
 * @param text the reason for people
 * @param eventId the id of a parked event, if it has one
 * @param records the number of records that the mapping gave up on; 1 for a parked event
 * @param from the first record's sequence number
 * @param to the last record's sequence number
 * @param arrivedAt the arrival of the first record in the stream
 * @param sentAt the arrival of the message in the queue
 * @param received the number of earlier receives of the message
 * @param redrives the number of earlier redrives whose records failed again, as known on this machine; null if none
 * @param redriveOf the message from which they were last redriven
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LetterSummary(
        String id,
        String kind,
        String reason,
        @Nullable String text,
        @Nullable String eventId,
        int records,
        @Nullable String shard,
        @Nullable String from,
        @Nullable String to,
        @Nullable Instant arrivedAt,
        Instant sentAt,
        int received,
        @Nullable Integer redrives,
        @Nullable String redriveOf) {

    public LetterSummary {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(reason, "reason");
        requireNonNull(sentAt, "sentAt");
    }

    public static LetterSummary of(Letter letter) {
        DeadLetter known = letter.letter().orElse(null);
        if (known instanceof DeadLetter.Parked parked) {
            return parked(letter, parked);
        }
        return known instanceof DeadLetter.OnFailure failure ? onFailure(letter, failure) : unknown(letter);
    }

    /** Returns the summary, completed from the redrive log. */
    public static LetterSummary of(Letter letter, RedriveLog log) {
        LetterSummary summary = of(letter);
        return letter.letter()
                .flatMap(log::of)
                .map(mark -> summary.redriven(mark.redrives(), mark.redriveOf()))
                .orElse(summary);
    }

    private LetterSummary redriven(int times, String of) {
        return new LetterSummary(
                id, kind, reason, text, eventId, records, shard, from, to, arrivedAt, sentAt, received, times, of);
    }

    /** Returns the summary of a requested message that is not in the queue. */
    static LetterSummary absent(String id) {
        return new LetterSummary(
                id, "absent", "NOT_FOUND", null, null, 0, null, null, null, null, Instant.EPOCH, 0, null, null);
    }

    private static LetterSummary parked(Letter letter, DeadLetter.Parked parked) {
        String sequence = parked.origin().sequenceNumber();
        return new LetterSummary(
                letter.messageId(),
                "parked",
                parked.code().name(),
                parked.reason(),
                parked.id().orElse(parked.origin().partitionKey()),
                1,
                parked.origin().shard(),
                sequence,
                sequence,
                parked.origin().arrivedAt(),
                letter.sentAt(),
                letter.receiveCount() - 1,
                null,
                null);
    }

    private static LetterSummary onFailure(Letter letter, DeadLetter.OnFailure failure) {
        DeadLetter.RecordRange range = failure.range();
        return new LetterSummary(
                letter.messageId(),
                "on-failure",
                failure.condition(),
                failure.error().map(error -> "function error " + error).orElse(null),
                null,
                range.count(),
                range.shard(),
                range.firstSequenceNumber(),
                range.lastSequenceNumber(),
                range.firstArrival(),
                letter.sentAt(),
                letter.receiveCount() - 1,
                null,
                null);
    }

    private static LetterSummary unknown(Letter letter) {
        String problem = letter.problem().orElse("");
        return new LetterSummary(
                letter.messageId(),
                "unknown",
                "UNKNOWN",
                problem,
                null,
                0,
                null,
                null,
                null,
                null,
                letter.sentAt(),
                letter.receiveCount() - 1,
                null,
                null);
    }
}
