package dev.ingestkit.local.mapping;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that are delivered together, and what has come of it so far. Owned by the shard's event loop. */
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

    /** The invocation that ends a tumbling window: it carries state and no records. */
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

    /** How often the function has had exactly these records: AWS's approximateInvokeCount. */
    int invocations() {
        return invocations;
    }

    /** Failed tries in a row, throttled ones included: what the back-off counts. */
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

    /** The records from one on as a batch of their own, which starts counting anew. */
    Batch from(int index) {
        return of(records.subList(index, records.size()));
    }

    /** The records before one as a batch of their own, which starts counting anew. */
    Batch before(int index) {
        return of(records.subList(0, index));
    }

    /** The records before one, which keeps the counts: for records that are given up after tries together. */
    Batch headWithHistory(int index) {
        Batch head = before(index);
        head.invocations = invocations;
        head.failures = failures;
        head.lastFailure = lastFailure;
        return head;
    }
}
