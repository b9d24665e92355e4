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
import dev.ingestkit.cli.send.SendRun;
import dev.ingestkit.cli.send.SendSummary;
import dev.ingestkit.cli.send.SubmitClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends at a rate, whatever the answers do: each event has its moment, and is timed from there. One that has to wait for a
 * free client is late by that much, and its time says so. Used once.
 */
public final class Bench {

    /** How long after the last answer events may still be on their way into the table. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** After Ctrl-C: a process that is about to end has a few seconds, and its result must be in them. */
    private static final Duration HURRY = Duration.ofSeconds(1);

    private final SubmitClient client;
    private final PayloadSource source;
    private final BenchPlan plan;
    private final @Nullable ControlClient journal;
    private final Clock clock;

    /**
     * @param client without retries: they would hide what is measured
     * @param journal tells what is stored; null where there is none
     */
    public Bench(
            SubmitClient client, PayloadSource source, BenchPlan plan, @Nullable ControlClient journal, Clock clock) {
        this.client = requireNonNull(client, "client");
        this.source = requireNonNull(source, "source");
        this.plan = requireNonNull(plan, "plan");
        this.journal = journal;
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Runs it.
     *
     * @param target named in the result
     * @param line shows how far it is
     * @param running is given the run that can be stopped
     */
    public BenchResult run(String target, Supplier<Progress> line, Consumer<SendRun> running) {
        BenchRecorder recorder = new BenchRecorder(clock, plan, journal != null);
        if (journal != null) {
            follow(journal, recorder);
        }
        if (plan.warmupEvents() > 0) {
            SendRun warming = send(plan.warmupEvents(), (event, outcome, moment) -> {});
            running.accept(warming);
            warming.run();
        }
        Instant startedAt = clock.instant();
        SendSummary summary = measured(recorder, line, running);
        try {
            boolean stopped = summary.sent() < plan.events();
            recorder.awaitStored(stopped ? HURRY : PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("INTERRUPTED", ExitCode.INTERRUPTED, "interrupted while events were being stored");
        }
        return recorder.result(target, startedAt, plan, summary.seconds());
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

    private static void follow(ControlClient journal, BenchRecorder recorder) {
        // The counts hold every entry that ever was: their sum is the number of the last.
        long last = 0;
        for (JsonNode count : journal.status().path("counts")) {
            last += count.asLong();
        }
        long seen = last;
        Thread follower = new Thread(() -> journal.follow(seen, entry -> take(entry, recorder)), "bench-journal");
        follower.setDaemon(true);
        follower.start();
    }

    private static boolean take(JsonNode entry, BenchRecorder recorder) {
        if (entry.path("kind").asText().equals("stored")) {
            recorder.stored(
                    entry.path("key").asText(), Instant.parse(entry.path("at").asText()));
        }
        return true;
    }
}
