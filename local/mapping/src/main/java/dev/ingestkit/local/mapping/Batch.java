package dev.ingestkit.local.mapping;

import dev.ingestkit.local.journal.RecordRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that are delivered together, with their history so far. Owned by the shard's event loop. */
final class Batch {

    private final List<QueuedRecord> records;
    private final boolean lastOfWindow;
    private int invocations;
    private int failures;
    private Instant notBefore = Instant.MIN;
    private @Nullable FailedAttempt lastFailure;

    private Batch(List<QueuedRecord> records, boolean lastOfWindow) {
        this.records = List.copyOf(records);
        this.lastOfWindow = lastOfWindow;
    }

    static Batch of(List<QueuedRecord> records) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one record");
        }
        return new Batch(records, false);
    }

    /** Returns the batch that ends a tumbling window: it carries state and no records. */
    static Batch windowEnd() {
        return new Batch(List.of(), true);
    }

    List<QueuedRecord> records() {
        return records;
    }

    int size() {
        return records.size();
    }

    boolean lastOfWindow() {
        return lastOfWindow;
    }

    QueuedRecord first() {
        return records.get(0);
    }

    QueuedRecord last() {
        return records.get(records.size() - 1);
    }

    /** Returns the batch's records as the journal names them. */
    RecordRange range(String shardId) {
        return records.isEmpty()
                ? RecordRange.empty(shardId)
                : RecordRange.of(shardId, first().sequenceNumber(), last().sequenceNumber(), size());
    }

    /** Returns how often the function has received exactly these records: AWS's approximateInvokeCount. */
    int invocations() {
        return invocations;
    }

    /** Returns the failed attempts in a row, including throttled ones, which the back-off counts. */
    int failures() {
        return failures;
    }

    Instant notBefore() {
        return notBefore;
    }

    @Nullable
    FailedAttempt lastFailure() {
        return lastFailure;
    }

    void countInvocation() {
        invocations++;
    }

    void failed(FailedAttempt attempt) {
        failures++;
        lastFailure = attempt;
    }

    void waitUntil(Instant time) {
        notBefore = time;
    }

    /** Returns the records from one on as a batch of their own, which starts with new counts. */
    Batch from(int index) {
        return of(records.subList(index, records.size()));
    }

    /** Returns the records before one as a batch of their own, which starts with new counts. */
    Batch before(int index) {
        return of(records.subList(0, index));
    }

    /** Returns the records before one with the counts kept, for records given up after attempts together. */
    Batch headWithHistory(int index) {
        Batch head = before(index);
        head.invocations = invocations;
        head.failures = failures;
        head.lastFailure = lastFailure;
        return head;
    }
}
