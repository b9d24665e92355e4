package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.deadletter.DeadLetterQueue.Letter;
import dev.ingestkit.cli.deadletter.LetterScan.Step;
import dev.ingestkit.cli.deadletter.Recovery.Recovered;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings dead letters back. A message is deleted only when all of its records are safe; killed at any point, it is still
 * there, and the next run brings its records once more, which the writer knows by their ids and payloads. Used once, by
 * one thread.
 */
public final class Redrive {

    /**
     * What became of one letter.
     *
     * @param outcome {@code redriven}, {@code would redrive}, {@code expired}, {@code failed} or {@code unknown}
     * @param redriven how many records were, or would be, brought back
     * @param expired how many the stream no longer has
     */
    public record Result(LetterSummary letter, String outcome, int redriven, int expired, String detail) {}

    /** How to go about it. {@code rate} is records a second, 0 for as fast as it goes; {@code max} counts letters. */
    public record Plan(boolean dryRun, double rate, long max, boolean partly) {}

    private final Recovery recovery;
    private final RedriveRoute route;
    private final Selection selection;
    private final PayloadEdit edit;
    private final Plan plan;
    private final Consumer<Result> listener;
    private long selected;
    private long due = System.nanoTime();

    public Redrive(
            Recovery recovery,
            RedriveRoute route,
            Selection selection,
            PayloadEdit edit,
            Plan plan,
            Consumer<Result> listener) {
        this.recovery = requireNonNull(recovery, "recovery");
        this.route = requireNonNull(route, "route");
        this.selection = requireNonNull(selection, "selection");
        this.edit = requireNonNull(edit, "edit");
        this.plan = requireNonNull(plan, "plan");
        this.listener = requireNonNull(listener, "listener");
    }

    /** Goes through the queue. */
    public void run(LetterScan scan) {
        scan.visit(this::visit);
    }

    private Step visit(Letter letter) {
        LetterSummary summary = LetterSummary.of(letter);
        if (!selection.includes(summary)) {
            return Step.LEAVE;
        }
        if (selected == plan.max()) {
            return Step.STOP;
        }
        selected++;
        Optional<Recovered> recovered = recovery.of(letter);
        Result result = recovered
                .map(found -> redriven(summary, found))
                .orElseGet(() -> new Result(summary, "unknown", 0, 0, String.valueOf(summary.text())));
        listener.accept(result);
        return result.outcome().equals("redriven") ? Step.DELETE : Step.LEAVE;
    }

    private Result redriven(LetterSummary letter, Recovered found) {
        int count = found.records().size();
        if (!found.complete() && !(plan.partly() && count > 0)) {
            String detail = "%d records have expired from the stream; %d are left".formatted(found.expired(), count);
            return new Result(letter, "expired", 0, found.expired(), detail);
        }
        List<ShardRecord> records = found.records().stream()
                .map(record -> record.with(edit.apply(record.data())))
                .toList();
        if (plan.dryRun()) {
            return new Result(letter, "would redrive", count, found.expired(), "");
        }
        pace(count);
        List<String> failures = route.bring(records);
        return failures.isEmpty()
                ? new Result(letter, "redriven", count, found.expired(), "")
                : new Result(letter, "failed", 0, found.expired(), String.join("; ", failures));
    }

    private void pace(int records) {
        if (plan.rate() <= 0) {
            return;
        }
        long now = System.nanoTime();
        try {
            TimeUnit.NANOSECONDS.sleep(due - now);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("INTERRUPTED", ExitCode.INTERRUPTED, "interrupted while redriving");
        }
        due = Math.max(due, now) + (long) (records * 1e9 / plan.rate());
    }
}
