package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.Encoding;
import dev.ingestkit.core.item.Encoding.Encoded;
import dev.ingestkit.core.item.ItemEncoder;
import dev.ingestkit.handlers.writer.Outcome.Stopped;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Processes a batch: the events of one id in order, different ids in parallel. Thread-safe.
 *
 * <p>After a record that has to be redelivered, no later one of the same id is processed. Lambda redelivers everything
 * from the lowest reported sequence number on, so other ids may continue: their redelivered records are duplicates.
 */
final class BatchProcessor {

    /** With less time than this left, no further record is started. */
    private static final Duration TO_BEGIN = Duration.ofSeconds(2);

    /** Reserved for the answer: a function that times out reports nothing. */
    private static final Duration TO_ANSWER = Duration.ofMillis(750);

    private final ItemEncoder encoder;
    private final EventProcessor events;
    private final ExecutorService workers;

    BatchProcessor(ItemEncoder encoder, EventProcessor events, ExecutorService workers) {
        this.encoder = encoder;
        this.events = events;
        this.workers = workers;
    }

    /** The time until Lambda times the invocation out. */
    interface RemainingTime {
        Duration get();
    }

    private record Task(EventRecord record, Encoding encoding) {

        /** Returns the ordering key: records of one item must stay in order. A payload without an id has no item. */
        String lane() {
            return encoding instanceof Encoded event
                    ? "event " + event.id().value()
                    : "record " + record.origin().partitionKey();
        }
    }

    private record Result(EventRecord record, Outcome outcome) {}

    BatchResult process(List<EventRecord> records, RemainingTime remaining, WriterLog log) {
        AtomicBoolean over = new AtomicBoolean();
        Map<String, List<Task>> lanes = lanes(records);
        List<List<Task>> order = List.copyOf(lanes.values());
        List<Future<List<Result>>> futures = order.stream()
                .map(lane -> workers.submit(() -> process(lane, remaining, over)))
                .toList();
        List<Result> results = new ArrayList<>(records.size());
        for (int i = 0; i < futures.size(); i++) {
            results.addAll(await(order.get(i), futures.get(i), remaining, over));
        }
        results.forEach(result -> log.record(result.record().origin(), result.outcome()));
        return summary(results);
    }

    private Map<String, List<Task>> lanes(List<EventRecord> records) {
        Map<String, List<Task>> lanes = new LinkedHashMap<>();
        for (EventRecord record : records) {
            Task task = new Task(record, encoder.encode(record.payload(), record.origin()));
            lanes.computeIfAbsent(task.lane(), lane -> new ArrayList<>(1)).add(task);
        }
        return lanes;
    }

    private List<Result> process(List<Task> lane, RemainingTime remaining, AtomicBoolean over) {
        List<Result> results = new ArrayList<>(lane.size());
        for (Task task : lane) {
            Outcome outcome = over.get() || remaining.get().compareTo(TO_BEGIN) < 0
                    ? new Stopped("the invocation is about to time out")
                    : outcome(task);
            results.add(new Result(task.record(), outcome));
            if (outcome.kind() == Outcome.Kind.STOPPED) {
                break;
            }
        }
        return results;
    }

    private Outcome outcome(Task task) {
        try {
            return events.process(task.record(), task.encoding());
        } catch (RuntimeException e) {
            return new Stopped("unexpected " + e);
        }
    }

    /**
     * Returns the lane's results; if they are not ready in time, its first record, and so the whole lane, has to be
     * redelivered.
     */
    private static List<Result> await(
            List<Task> lane, Future<List<Result>> future, RemainingTime remaining, AtomicBoolean over) {
        try {
            long millis = Math.max(0, remaining.get().minus(TO_ANSWER).toMillis());
            return future.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            return abandoned(lane, future, over, "the invocation timed out during the write");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return abandoned(lane, future, over, "the invocation was interrupted");
        } catch (ExecutionException e) {
            return abandoned(lane, future, over, "unexpected " + e.getCause());
        }
    }

    private static List<Result> abandoned(
            List<Task> lane, Future<List<Result>> future, AtomicBoolean over, String reason) {
        over.set(true);
        future.cancel(true);
        return List.of(new Result(lane.get(0).record(), new Stopped(reason)));
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
