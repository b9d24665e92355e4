package dev.ingestkit.cli.verify;

import dev.ingestkit.cli.verify.Fact.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Combines the facts of each event and counts the outcomes. Not thread-safe. */
final class Comparison {

    private final BiConsumer<String, String> listener;
    private long accepted;
    private long stored;
    private long dead;
    private long missing;
    private long different;
    private long storedTwice;
    private long refused;
    private long notInLedger;

    /**
     * @param listener receives the outcome and id of each event that is not stored as sent: {@code dead lettered},
     *     {@code missing}, {@code different payload}, {@code stored twice}, {@code refused}, {@code not in the
     *     ledger}
     */
    Comparison(BiConsumer<String, String> listener) {
        this.listener = listener;
    }

    /** Compares all facts of some events. */
    void add(List<Fact> facts) {
        Map<String, List<Fact>> byKey = new HashMap<>();
        facts.forEach(fact ->
                byKey.computeIfAbsent(fact.key(), key -> new ArrayList<>(2)).add(fact));
        byKey.forEach(this::count);
    }

    private void count(String id, List<Fact> facts) {
        Set<String> sent = hashes(facts, Where.ACCEPTED);
        Set<String> unanswered = hashes(facts, Where.REFUSED);
        Set<String> table = hashes(facts, Where.STORED);
        if (sent.isEmpty()) {
            countUnsent(id, unanswered, table);
            return;
        }
        accepted++;
        if (sent.size() > 1) {
            storedTwice++;
            listener.accept("stored twice", id);
        }
        Set<String> queue = hashes(facts, Where.DEAD);
        boolean inQueue = queue.contains("") || queue.stream().anyMatch(sent::contains);
        if (table.stream().anyMatch(hash -> sent.contains(hash) || unanswered.contains(hash))) {
            // A rejected payload may have arrived nevertheless, if its answer was lost.
            stored++;
        } else if (inQueue) {
            dead++;
            listener.accept("dead lettered", id);
        } else if (!table.isEmpty()) {
            different++;
            listener.accept("different payload", id);
        } else {
            missing++;
            listener.accept("missing", id);
        }
    }

    private void countUnsent(String id, Set<String> unanswered, Set<String> table) {
        if (!unanswered.isEmpty()) {
            refused++;
            listener.accept("refused", id);
        } else if (!table.isEmpty()) {
            notInLedger++;
            listener.accept("not in the ledger", id);
        }
    }

    private static Set<String> hashes(List<Fact> facts, Where where) {
        Set<String> hashes = new HashSet<>(2);
        for (Fact fact : facts) {
            if (fact.where() == where) {
                hashes.add(fact.sha256());
            }
        }
        return hashes;
    }

    Verdict verdict() {
        return new Verdict(accepted, stored, dead, missing, different, storedTwice, refused, notInLedger);
    }
}
