package dev.ingestkit.cli.verify;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.send.Ledger;
import dev.ingestkit.cli.send.LedgerEntry;
import dev.ingestkit.cli.tail.EventStatus;
import dev.ingestkit.cli.tail.EventTrace;
import dev.ingestkit.cli.tail.EventTracker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Compares a ledger with the journal of an embedded runtime, for stacks whose table is not of the kit's layout: an event
 * counts as stored when a function has processed its record. Payloads are not compared. Memory grows with the number of
 * events.
 */
public final class JournalVerification {

    private final ControlClient control;

    /** Creates a verification by the journal of a runtime. */
    public JournalVerification(ControlClient control) {
        this.control = requireNonNull(control, "control");
    }

    /**
     * Compares the ledger with the journal.
     *
     * @param listener receives the outcome and id of each event of the ledger that is not processed
     */
    public Verdict run(Path ledger, BiConsumer<String, String> listener) {
        Map<String, EventStatus> outcomes = outcomes();
        Map<String, LedgerEntry> accepted = new LinkedHashMap<>();
        Map<String, LedgerEntry> refused = new LinkedHashMap<>();
        Ledger.read(ledger, entry -> (entry.accepted() ? accepted : refused).put(entry.id(), entry));
        long[] counts = new long[3];
        accepted.values().forEach(entry -> {
            EventStatus status = outcomes.getOrDefault(position(entry), EventStatus.IN_FLIGHT);
            int outcome = outcome(status);
            counts[outcome]++;
            if (outcome > 0) {
                listener.accept(outcome == 1 ? "dead lettered" : "missing (" + status + ")", entry.id());
            }
        });
        accepted.keySet().forEach(refused::remove);
        refused.keySet().forEach(id -> listener.accept("refused", id));
        return new Verdict(accepted.size(), counts[0], counts[1], counts[2], 0, 0, refused.size(), 0);
    }

    /** Returns 0 for a processed event, 1 for a dead letter, 2 for one that is missing. */
    private static int outcome(EventStatus status) {
        return switch (status) {
            case STORED, PROCESSED, UNCHANGED, FILTERED -> 0;
            case DEAD -> 1;
            case IN_FLIGHT, EXPIRED, REJECTED -> 2;
        };
    }

    /** Returns the key of an entry: its position in the stream, or the id of one that was sent by an API of its own. */
    private static String position(LedgerEntry entry) {
        return entry.shardId() == null || entry.sequenceNumber() == null
                ? entry.id()
                : EventTracker.position(entry.shardId(), entry.sequenceNumber());
    }

    private Map<String, EventStatus> outcomes() {
        Map<String, EventStatus> outcomes = new HashMap<>();
        EventTracker tracker = new EventTracker(EventTracker.byPartitionKey(), trace -> keep(trace, outcomes));
        control.journal(0, entry -> {
            tracker.take(entry);
            return true;
        });
        tracker.pause();
        return outcomes;
    }

    private static void keep(EventTrace trace, Map<String, EventStatus> outcomes) {
        String shard = trace.shardId();
        String number = trace.sequenceNumber();
        if (shard != null && number != null) {
            outcomes.put(EventTracker.position(shard, number), trace.status());
        }
        outcomes.put(trace.id(), trace.status());
    }
}
