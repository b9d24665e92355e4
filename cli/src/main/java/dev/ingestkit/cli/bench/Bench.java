package dev.ingestkit.cli.bench;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Progress;
import dev.ingestkit.cli.send.Chance;
import dev.ingestkit.cli.send.EventNaming;
import dev.ingestkit.cli.send.PayloadSource;
import dev.ingestkit.cli.send.SendRoute;
import dev.ingestkit.cli.send.SendRun;
import dev.ingestkit.cli.send.SendSummary;
import dev.ingestkit.cli.tail.EventStatus;
import dev.ingestkit.cli.tail.EventTracker;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends at a fixed rate, independent of the answers: each event has a scheduled moment and is timed from it, so the
 * time includes any wait for a free client. An instance runs once.
 */
public final class Bench {

    /** The time after the last answer in which events may still reach the table. */
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);
    /** The same after Ctrl-C: the process has a few seconds to exit, and must still print its result. */
    private static final Duration INTERRUPTED_TIMEOUT = Duration.ofSeconds(1);

    private final SendRoute client;
    private final PayloadSource source;
    private final BenchPlan plan;
    private final @Nullable ControlClient journal;
    private final boolean storesById;
    private final Clock clock;

    /**
     * Creates a load test.
     *
     * @param client without retries, which would hide failures
     * @param journal reports stored events; null if the target has no journal
     * @param storesById whether stored items have the events' ids as keys; otherwise an event counts as stored when a
     *     function has processed it
     */
    public Bench(
            SendRoute client,
            PayloadSource source,
            BenchPlan plan,
            @Nullable ControlClient journal,
            boolean storesById,
            Clock clock) {
        this.client = requireNonNull(client, "client");
        this.source = requireNonNull(source, "source");
        this.plan = requireNonNull(plan, "plan");
        this.journal = journal;
        this.storesById = storesById;
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Runs the load test.
     *
     * @param target the name of the target in the result
     * @param line shows the progress
     * @param running receives the run, which it may stop
     */
    public BenchResult run(String target, Supplier<Progress> line, Consumer<SendRun> running) {
        BenchRecorder recorder = new BenchRecorder(clock, plan, journal != null);
        if (journal != null) {
            follow(journal, recorder, storesById);
        }
        if (plan.warmupEvents() > 0) {
            SendRun warming = send(plan.warmupEvents(), (event, outcome, moment) -> {});
            running.accept(warming);
            warming.run();
        }
        Instant startedAt = clock.instant();
        SendSummary summary = measured(recorder, line, running);
        try {
            boolean stopped = summary.counts().sent() < plan.events();
            recorder.awaitStored(stopped ? INTERRUPTED_TIMEOUT : STORE_TIMEOUT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("INTERRUPTED", ExitCode.INTERRUPTED, "interrupted while events were being stored");
        }
        return recorder.result(target, startedAt, plan, summary.times().seconds());
    }

    private SendSummary measured(BenchRecorder recorder, Supplier<Progress> line, Consumer<SendRun> running) {
        long[] ended = {0, 0};
        try (Progress progress = line.get()) {
            SendRun run = send(plan.events(), (event, outcome, moment) -> {
                recorder.ended(event, outcome, moment);
                ended[0]++;
                ended[1] += outcome.accepted() ? 0 : 1;
                progress.at(ended[0], plan.events(), ended[1]);
            });
            running.accept(run);
            recorder.begin();
            return run.run();
        }
    }

    private SendRun send(long events, SendRun.Listener listener) {
        EventNaming naming = new EventNaming(new Chance(clock, null), null, false);
        SendRun.Plan all = new SendRun.Plan(events, plan.rate(), plan.concurrency(), new BitSet());
        return new SendRun(source, naming, client, all, listener);
    }

    private static void follow(ControlClient journal, BenchRecorder recorder, boolean storesById) {
        // The counts cover every entry ever written, so their sum is the number of the last one.
        long last = 0;
        for (JsonNode count : journal.status().path("counts")) {
            last += count.asLong();
        }
        long seen = last;
        EventTracker tracker = new EventTracker(EventTracker.byPartitionKey(), trace -> {
            if (trace.status() == EventStatus.STORED || trace.status() == EventStatus.PROCESSED) {
                Duration taken = Duration.ofNanos((long) ((trace.millis() == null ? 0 : trace.millis()) * 1e6));
                recorder.stored(trace.id(), trace.time().plus(taken));
            }
        });
        DaemonThreads.start(
                "bench-journal",
                () -> journal.follow(seen, entry -> {
                    if (storesById) {
                        return take(entry, recorder);
                    }
                    tracker.take(entry);
                    tracker.pause();
                    return true;
                }));
    }

    private static boolean take(JournalEntry entry, BenchRecorder recorder) {
        if (entry.event() instanceof JournalEvent.Stored stored) {
            recorder.stored(stored.key(), entry.at());
        }
        return true;
    }
}
