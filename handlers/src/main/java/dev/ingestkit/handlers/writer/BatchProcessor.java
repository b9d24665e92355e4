package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.ItemEncoder;
import dev.ingestkit.handlers.writer.BatchRun.RemainingTime;
import dev.ingestkit.handlers.writer.BatchRun.Result;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * Processes a batch: the events of one id in order, different ids in parallel. Thread-safe.
 *
 * <p>The first events of several ids are tried by a common insert, which costs one call instead of one for each. After
 * a record that has to be redelivered, no later one of the same id is processed. Lambda redelivers everything from the
 * lowest reported sequence number on, so other ids may continue: their redelivered records are duplicates.
 */
final class BatchProcessor {

    private final ItemEncoder encoder;
    private final EventProcessor events;
    private final ExecutorService workers;
    private final InsertPlan inserts = new InsertPlan();

    BatchProcessor(ItemEncoder encoder, EventProcessor events, ExecutorService workers) {
        this.encoder = encoder;
        this.events = events;
        this.workers = workers;
    }

    BatchResult process(List<EventRecord> records, RemainingTime remaining, WriterLog log) {
        List<Result> results = new BatchRun(events, inserts, workers, remaining).process(lanes(records));
        results.forEach(result -> log.record(result.record().origin(), result.outcome()));
        return summary(results);
    }

    private List<Lane> lanes(List<EventRecord> records) {
        Map<String, List<Lane.Task>> lanes = new LinkedHashMap<>();
        for (EventRecord record : records) {
            Lane.Task task = new Lane.Task(record, encoder.encode(record.payload(), record.origin()));
            lanes.computeIfAbsent(task.lane(), lane -> new ArrayList<>(1)).add(task);
        }
        return lanes.values().stream().map(Lane::new).toList();
    }

    private static BatchResult summary(List<Result> results) {
        Map<Outcome.Kind, Integer> counts = new EnumMap<>(Outcome.Kind.class);
        results.forEach(result -> counts.merge(result.outcome().kind(), 1, Integer::sum));
        String failed = results.stream()
                .filter(result -> result.outcome().kind() == Outcome.Kind.STOPPED)
                .map(result -> result.record().origin().sequenceNumber())
                .min(Comparator.comparing(BigInteger::new))
                .orElse(null);
        return new BatchResult(counts, failed);
    }
}
