package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.journal.JournalEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A test's expectation of an event. Each method waits until the expectation holds, for 30 seconds of real time by
 * default; while the clock is frozen it waits only for what is in progress. A failure reports what happened to the event
 * instead, with the log of the last invocation that received the event.
 */
public final class EventExpectation {

    private static final int LOG_LINES = 30;

    private final IngestPipeline pipeline;
    private final EventHistory history;
    private final ExpectedEvent event;

    EventExpectation(IngestPipeline pipeline, EventHistory history, ExpectedEvent event) {
        this.pipeline = requireNonNull(pipeline, "pipeline");
        this.history = requireNonNull(history, "history");
        this.event = requireNonNull(event, "event");
    }

    /** Expects that a function has stored an item whose partition key is the event's id, in any table. */
    public void stored() {
        expect("stored", () -> !items().isEmpty());
    }

    /**
     * Expects that a function has stored an item whose partition key is the event's id.
     *
     * @param table the table's name, or its logical id in the template
     */
    public void storedIn(String table) {
        String name = pipeline.nameOr(table);
        expect(
                "stored in " + table,
                () -> items().stream().anyMatch(stored -> stored.table().equals(name)));
    }

    private List<JournalEvent.Stored> items() {
        return event.items(history);
    }

    /**
     * Expects that a function has processed the event: its batch succeeded, or the part of the batch with the event
     * did.
     */
    public void processed() {
        expect("processed", record -> record.end().equals(Optional.of(RecordHistory.End.PROCESSED)));
    }

    /** Expects that a function that received the event has sent a message to a queue, as for an event that it parks. */
    public void parked() {
        expect("parked", record -> !history.parked(record.requests()).isEmpty());
    }

    /**
     * Expects that the mapping has given up the event and sent its message to the on-failure destination.
     *
     * @return the condition: {@code RetryAttemptsExhausted} or {@code RecordAgeExceeded}
     */
    public String deadLettered() {
        expect("dead lettered", record -> record.end().equals(Optional.of(RecordHistory.End.DEAD_LETTERED)));
        return event.record(history).flatMap(RecordHistory::condition).orElseThrow();
    }

    /** Expects that the mapping's filter has dropped the event. */
    public void filtered() {
        expect("filtered", record -> record.end().equals(Optional.of(RecordHistory.End.FILTERED)));
    }

    /** Expects that the event has been delivered at least a number of times. */
    public void delivered(int times) {
        expect("delivered %d times".formatted(times), record -> record.deliveries() >= times);
    }

    /** Returns the request ids of the invocations that received the event and have ended, oldest first. */
    public List<String> invocations() {
        return event.record(history).map(RecordHistory::requests).orElse(List.of());
    }

    private void expect(String what, Predicate<RecordHistory> holds) {
        expect(what, () -> event.record(history).filter(holds).isPresent());
    }

    private void expect(String what, BooleanSupplier holds) {
        Waiting.until(pipeline, holds, () -> "%s was not %s%n%s".formatted(event.name(history), what, story()));
    }

    private String story() {
        Optional<RecordHistory> record = event.record(history);
        if (record.isEmpty()) {
            return "  " + event.missing();
        }
        List<String> requests = record.get().requests();
        if (requests.isEmpty()) {
            return EventStory.of(record.get());
        }
        String last = requests.get(requests.size() - 1);
        List<String> log = pipeline.logs().ofInvocation(last);
        return EventStory.of(record.get())
                + "\nlog of the last invocation, " + last + ":\n  "
                + String.join("\n  ", log.subList(Math.max(0, log.size() - LOG_LINES), log.size()));
    }
}
