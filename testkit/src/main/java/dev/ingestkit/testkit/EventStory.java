package dev.ingestkit.testkit;

import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes what happened to a record, one line for each entry, as a failed test shows it. A day of retries has thousands
 * of entries: the first and the last ones are shown.
 */
final class EventStory {

    private static final int FIRST = 9;
    private static final int LAST = 10;

    private EventStory() {}

    static String of(RecordHistory record) {
        List<JournalEntry> entries = record.entries();
        int left = entries.size() - FIRST - LAST;
        if (left <= 1) {
            return lines(entries).collect(Collectors.joining("\n"));
        }
        Stream<String> omitted = Stream.of("  ... %,d more entries ...".formatted(left));
        return Stream.of(
                        lines(entries.subList(0, FIRST)),
                        omitted,
                        lines(entries.subList(entries.size() - LAST, entries.size())))
                .flatMap(part -> part)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> lines(List<JournalEntry> entries) {
        return entries.stream()
                .map(entry -> "  %s  %s".formatted(entry.at().truncatedTo(ChronoUnit.MILLIS), text(entry.event())));
    }

    private static String text(JournalEvent event) {
        return switch (event.kind()) {
            case PUT -> put((JournalEvent.Put) event);
            case DELIVERED -> delivered((JournalEvent.Delivered) event);
            case ATTEMPT -> attempt((JournalEvent.Attempt) event);
            case DEAD_LETTER -> deadLetter((JournalEvent.DeadLetter) event);
            case FILTERED -> "dropped by the mapping's filter";
            case EXPIRED -> "expired in the stream before a mapping had read it";
            case ACCEPTED, REJECTED, QUEUED, STORED, PARKED, DROPPED, FAULT, FUNCTION, INVOKED -> event.toString();
        };
    }

    private static String put(JournalEvent.Put put) {
        return "put into %s, %s, sequence number %s, %d bytes"
                .formatted(put.stream(), put.shardId(), put.sequenceNumber(), put.bytes());
    }

    private static String delivered(JournalEvent.Delivered delivered) {
        return "delivered to %s in a batch of %d, attempt %d"
                .formatted(delivered.function(), delivered.range().records(), delivered.attempt());
    }

    private static String attempt(JournalEvent.Attempt attempt) {
        AttemptResult result = attempt.result();
        String ending = switch (result.outcome()) {
            case SUCCEEDED -> "succeeded";
            case PARTIAL ->
                "%d of %d records failed"
                        .formatted(result.failed(), attempt.range().records());
            case FAILED -> "failed";
            case NOT_INVOKED -> "was not invoked";
        };
        return "%s %s after %.1f ms%s"
                .formatted(
                        attempt.function(),
                        ending,
                        result.micros() / 1_000.0,
                        result.error() == null ? "" : ": " + result.error());
    }

    private static String deadLetter(JournalEvent.DeadLetter deadLetter) {
        return "given up by the mapping: %s, sent to %s".formatted(deadLetter.condition(), deadLetter.destination());
    }
}
