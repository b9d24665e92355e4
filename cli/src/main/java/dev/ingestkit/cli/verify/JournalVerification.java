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
import java.util.List;
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
        Map<String, EventStatus> outcomes = new HashMap<>();
        Map<String, EventTrace> traces = new LinkedHashMap<>();
        read(outcomes, traces);
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
        accepted.values().forEach(entry -> traces.remove(position(entry)));
        List<String> others = traces.values().stream()
                .filter(trace -> outcome(trace.status()) == 0)
                .map(EventTrace::id)
                .filter(id -> !accepted.containsKey(id) && !refused.containsKey(id))
                .distinct()
                .toList();
        others.forEach(id -> listener.accept("not in the ledger", id));
        return new Verdict(accepted.size(), counts[0], counts[1], counts[2], 0, 0, refused.size(), others.size());
    }

    /** Returns 0 for a processed event, 1 for a dead letter, 2 for one that is missing. */
    private static int outcome(EventStatus status) {
        return switch (status) {
            case STORED, PROCESSED, UNCHANGED, FILTERED -> 0;
            case DEAD -> 1;
            case QUEUED, IN_FLIGHT, EXPIRED, REJECTED -> 2;
        };
    }

    /** Returns the key of an entry: its position in the stream, or the id of one that was sent by an API of its own. */
    private static String position(LedgerEntry entry) {
        return entry.shardId() == null || entry.sequenceNumber() == null
                ? entry.id()
                : EventTracker.position(entry.shardId(), entry.sequenceNumber());
    }

    /** Reads the journal: outcomes by position and by id, traces by position. */
    private void read(Map<String, EventStatus> outcomes, Map<String, EventTrace> traces) {
        EventTracker tracker = new EventTracker(EventTracker.byPartitionKey(), trace -> keep(trace, outcomes, traces));
        control.journal(0, entry -> {
            tracker.take(entry);
            return true;
        });
        tracker.pause();
    }

    private static void keep(EventTrace trace, Map<String, EventStatus> outcomes, Map<String, EventTrace> traces) {
        String shard = trace.shardId();
        String number = trace.sequenceNumber();
        if (shard != null && number != null) {
            outcomes.put(EventTracker.position(shard, number), trace.status());
            traces.put(EventTracker.position(shard, number), trace);
        }
        outcomes.put(trace.id(), trace.status());
    }
}
