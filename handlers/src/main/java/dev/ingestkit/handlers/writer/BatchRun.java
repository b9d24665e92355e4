package dev.ingestkit.handlers.writer;

import dev.ingestkit.handlers.writer.Lane.Task;
import dev.ingestkit.handlers.writer.Outcome.Done;
import dev.ingestkit.handlers.writer.Outcome.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The processing of one batch by the workers, within the invocation's time. For a single use by one thread. */
final class BatchRun {

    /** The time that must be left for another record to be started. */
    private static final Duration TO_BEGIN = Duration.ofSeconds(2);

    /** Reserved for the answer: a function that times out reports nothing. */
    private static final Duration TO_ANSWER = Duration.ofMillis(750);

    private static final String NO_TIME = "the invocation is about to time out";

    private final EventProcessor events;
    private final InsertPlan inserts;
    private final ExecutorService workers;
    private final RemainingTime remaining;
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Result> results = new ArrayList<>();
    private final List<StartedLane> started = new ArrayList<>();

    BatchRun(EventProcessor events, InsertPlan inserts, ExecutorService workers, RemainingTime remaining) {
        this.events = events;
        this.inserts = inserts;
        this.workers = workers;
        this.remaining = remaining;
    }

    /** The time until Lambda times the invocation out. */
    interface RemainingTime {
        Duration get();
    }

    /** A record with the outcome of its processing. */
    record Result(EventRecord record, Outcome outcome) {}

    private record StartedLane(Lane lane, Future<List<Result>> future) {}

    private record StartedInsert(List<Lane> lanes, Future<List<WriteResult>> future) {}

    /** Returns the results of the lanes: of each lane all records, or those up to one that has to be redelivered. */
    List<Result> process(List<Lane> lanes) {
        InsertPlan.Plan plan = inserts.plan(lanes);
        List<StartedInsert> insertions = plan.groups().stream()
                .map(group -> new StartedInsert(group, workers.submit(() -> insert(group))))
                .toList();
        plan.others().forEach(lane -> start(lane, null));
        insertions.forEach(this::proceed);
        for (StartedLane lane : started) {
            results.addAll(await(lane.future(), reason -> List.of(stopped(lane.lane(), reason))));
        }
        return results;
    }

    private void start(Lane lane, @Nullable WriteResult inserted) {
        Callable<List<Result>> processing = () -> process(lane, inserted);
        started.add(new StartedLane(lane, workers.submit(processing)));
    }

    private List<WriteResult> insert(List<Lane> group) {
        if (isOver()) {
            return Collections.nCopies(group.size(), new WriteResult.Failed(NO_TIME));
        }
        List<WriteResult> inserted = tryInsert(group);
        inserts.inserted(inserted);
        return inserted;
    }

    /** After an unexpected error each event is written on its own, where it affects no other. */
    private List<WriteResult> tryInsert(List<Lane> group) {
        try {
            return events.insert(group.stream().map(Lane::firstEvent).toList());
        } catch (RuntimeException unexpected) {
            return Collections.nCopies(group.size(), new WriteResult.Unexpected(null));
        }
    }

    /** Continues the lanes of an insert; most of them end with it. */
    private void proceed(StartedInsert insertion) {
        List<Lane> lanes = insertion.lanes();
        List<WriteResult> inserted = await(insertion.future(), reason -> {
            lanes.forEach(lane -> results.add(stopped(lane, reason)));
            return List.of();
        });
        for (int at = 0; at < inserted.size(); at++) {
            Lane lane = lanes.get(at);
            if (lane.isSingle() && inserted.get(at).kind() == WriteResult.Kind.WRITTEN) {
                results.add(new Result(lane.first().record(), new Done(Outcome.Kind.STORED)));
            } else {
                start(lane, inserted.get(at));
            }
        }
    }

    private List<Result> process(Lane lane, @Nullable WriteResult inserted) {
        List<Result> done = new ArrayList<>(lane.tasks().size());
        for (Task task : lane.tasks()) {
            WriteResult first = done.isEmpty() ? inserted : null;
            Outcome outcome = isOver() && !isWritten(first) ? new Stopped(NO_TIME) : outcome(task, first);
            done.add(new Result(task.record(), outcome));
            if (outcome.kind() == Outcome.Kind.STOPPED) {
                break;
            }
        }
        return done;
    }

    private static boolean isWritten(@Nullable WriteResult result) {
        return result != null && result.kind() == WriteResult.Kind.WRITTEN;
    }

    private Outcome outcome(Task task, @Nullable WriteResult inserted) {
        try {
            return events.process(task.record(), task.encoding(), inserted);
        } catch (RuntimeException e) {
            return new Stopped("unexpected " + e);
        }
    }

    private boolean isOver() {
        return over.get() || remaining.get().compareTo(TO_BEGIN) < 0;
    }

    /** Returns a future's value, or the fallback for the reason why there is none in time. */
    private <T> T await(Future<T> future, Function<String, T> fallback) {
        try {
            long millis = Math.max(0, remaining.get().minus(TO_ANSWER).toMillis());
            return future.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            return abandoned(future, fallback, "the invocation timed out during the write");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return abandoned(future, fallback, "the invocation was interrupted");
        } catch (ExecutionException e) {
            return abandoned(future, fallback, "unexpected " + e.getCause());
        }
    }

    private <T> T abandoned(Future<T> future, Function<String, T> fallback, String reason) {
        over.set(true);
        future.cancel(true);
        return fallback.apply(reason);
    }

    /** The lane's first record, and so the whole lane, has to be redelivered. */
    private static Result stopped(Lane lane, String reason) {
        return new Result(lane.first().record(), new Stopped(reason));
    }
}
