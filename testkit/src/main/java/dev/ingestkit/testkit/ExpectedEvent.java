package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.journal.JournalEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The event that a test expects something of: by its id, by its record, or the latest that a predicate accepts. */
interface ExpectedEvent {

    /** Returns the event's record; empty while it is not put. */
    Optional<RecordHistory> record(EventHistory history);

    /** Returns the items that functions have stored for the event. */
    List<JournalEvent.Stored> items(EventHistory history);

    /** Returns the event's name in a failure's first line. */
    String name(EventHistory history);

    /** Returns a failure's text for an event without a record. */
    String missing();

    /** Returns the latest event with a partition key; items under that key count, whichever invocation stored them. */
    static ExpectedEvent withId(String eventId) {
        return new WithId(requireNonNull(eventId, "eventId"));
    }

    /** Returns one record; items count that an invocation with this record has stored. */
    static ExpectedEvent ofRecord(PutEvent event) {
        return new Accepted(
                requireNonNull(event, "event")::equals,
                "the record %s of %s, %s, is not in the journal"
                        .formatted(event.sequenceNumber(), event.stream(), event.shardId()));
    }

    /** Returns the latest record that a predicate accepts. */
    static ExpectedEvent accepted(Predicate<PutEvent> which) {
        return new Accepted(requireNonNull(which, "which"), "no record was put that the test's predicate accepts");
    }

    /** An event by its id. */
    record WithId(String id) implements ExpectedEvent {

        @Override
        public Optional<RecordHistory> record(EventHistory history) {
            return history.record(id);
        }

        @Override
        public List<JournalEvent.Stored> items(EventHistory history) {
            return history.stored(id);
        }

        @Override
        public String name(EventHistory history) {
            return "the event '%s'".formatted(id);
        }

        @Override
        public String missing() {
            return "no record with the partition key '%s' was put".formatted(id);
        }
    }

    /** The latest record that a predicate accepts. */
    record Accepted(Predicate<PutEvent> which, String missing) implements ExpectedEvent {

        @Override
        public Optional<RecordHistory> record(EventHistory history) {
            return history.record(which);
        }

        @Override
        public List<JournalEvent.Stored> items(EventHistory history) {
            return record(history)
                    .map(found -> history.stored(found.put().partitionKey()).stream()
                            .filter(item ->
                                    item.requestId() != null && found.requests().contains(item.requestId()))
                            .toList())
                    .orElse(List.of());
        }

        @Override
        public String name(EventHistory history) {
            return record(history)
                    .map(found -> "the event '%s'".formatted(found.put().partitionKey()))
                    .orElse("the event");
        }
    }
}
