package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.Letter;
import dev.ingestkit.cli.deadletter.LetterVisitor.Step;
import dev.ingestkit.cli.deadletter.Recovery.Recovered;
import dev.ingestkit.cli.output.CliException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Brings dead letters back. A message is deleted only when all of its records are safe; killed at any point, it is still
 * there, and the next run brings its records once more, which the writer knows by their ids and payloads. Used once, by
 * one thread.
 */
public final class Redrive {

    /** What became of a letter. */
    public enum Outcome {
        REDRIVEN("redriven"),
        WOULD_REDRIVE("would redrive"),
        EXPIRED("expired"),
        FAILED("failed"),
        UNKNOWN("unknown"),
        ABSENT("absent");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** The name in the data. */
        public String label() {
            return label;
        }
    }

    /**
     * What became of one letter.
     *
     * @param outcome see {@link Outcome#label}
     * @param redriven how many records were, or would be, brought back
     * @param expired how many the stream no longer has
     * @param expiresAt until when it can be redriven, where it is still in the queue and that is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            LetterSummary letter,
            String outcome,
            int redriven,
            int expired,
            @Nullable Instant expiresAt,
            String detail) {

        /** Whether it is back, or would be. */
        public boolean good() {
            return outcome.equals(Outcome.REDRIVEN.label()) || outcome.equals(Outcome.WOULD_REDRIVE.label());
        }
    }

    /** How to go about it. {@code rate} is records a second, 0 for as fast as it goes; {@code max} counts letters. */
    public record Plan(boolean dryRun, double rate, long max, boolean partly) {}

    /** What it works with. */
    public record Means(Recovery recovery, RedriveRoute route, Lifetimes lifetimes, RedriveLog log) {}

    private final Means means;
    private final Selection selection;
    private final UnaryOperator<ShardRecord> edit;
    private final Plan plan;
    private final Consumer<Result> listener;
    private final Set<String> wanted;
    private Pace pace = Pace.none();
    private long selected;

    public Redrive(
            Means means, Selection selection, UnaryOperator<ShardRecord> edit, Plan plan, Consumer<Result> listener) {
        this.means = requireNonNull(means, "means");
        this.selection = requireNonNull(selection, "selection");
        this.edit = requireNonNull(edit, "edit");
        this.plan = requireNonNull(plan, "plan");
        this.listener = requireNonNull(listener, "listener");
        this.wanted = new HashSet<>(selection.ids());
    }

    /**
     * Goes through the queue.
     *
     * @param stopped whether to end before the next record
     */
    public void run(LetterScan scan, BooleanSupplier stopped) {
        pace = new Pace(plan.rate(), stopped, scan::stillAtWork);
        scan.visit(this::visit);
        if (!stopped.getAsBoolean() && selected < plan.max()) {
            wanted.stream()
                    .sorted()
                    .map(id -> result(
                            LetterSummary.absent(id), Outcome.ABSENT, "no message '%s' in the queue".formatted(id)))
                    .forEach(listener);
        }
    }

    private Step visit(Letter letter) {
        LetterSummary summary = LetterSummary.of(letter, means.log());
        Records records = new Records(letter);
        if (!selection.includes(summary, records::get)) {
            return Step.LEAVE;
        }
        if (selected == plan.max()) {
            return Step.STOP;
        }
        selected++;
        wanted.remove(letter.messageId());
        Result result = records.get()
                .map(found -> redriven(letter, summary, found))
                .orElseGet(() -> result(summary, Outcome.UNKNOWN, String.valueOf(summary.text())));
        listener.accept(result);
        if (result.outcome().equals(Outcome.REDRIVEN.label())) {
            return Step.DELETE;
        }
        boolean done = selected == plan.max() || (!selection.ids().isEmpty() && wanted.isEmpty());
        return done ? Step.STOP : Step.LEAVE;
    }

    private Result redriven(Letter letter, LetterSummary summary, Recovered found) {
        int count = found.records().size();
        if (!found.complete() && !(plan.partly() && count > 0)) {
            return left(letter, summary, found, Outcome.EXPIRED, found.missing());
        }
        List<ShardRecord> records = new ArrayList<>();
        try {
            found.records().forEach(record -> records.add(edit.apply(record)));
        } catch (CliException notEditable) {
            return left(letter, summary, found, Outcome.FAILED, notEditable.text());
        }
        if (plan.dryRun()) {
            return new Result(
                    summary,
                    Outcome.WOULD_REDRIVE.label(),
                    count,
                    found.expired(),
                    means.lifetimes().endOf(letter).orElse(null),
                    found.between(summary.records()));
        }
        RedriveRoute.Brought brought = means.route().bring(records, pace);
        means.log().add(summary, brought.places());
        return brought.allSafe()
                ? new Result(
                        summary,
                        Outcome.REDRIVEN.label(),
                        count,
                        found.expired(),
                        null,
                        found.between(summary.records()))
                : left(letter, summary, found, Outcome.FAILED, String.join("; ", brought.failures()));
    }

    private Result left(Letter letter, LetterSummary summary, Recovered found, Outcome outcome, String detail) {
        Instant end = means.lifetimes().endOf(letter).orElse(null);
        return new Result(summary, outcome.label(), 0, found.expired(), end, detail);
    }

    private static Result result(LetterSummary letter, Outcome outcome, String detail) {
        return new Result(letter, outcome.label(), 0, 0, null, detail);
    }

    /** Brings a letter's records back once, when they are first asked for. */
    private final class Records {
        private final Letter letter;
        private Optional<Recovered> recovered = Optional.empty();
        private boolean asked;

        Records(Letter letter) {
            this.letter = letter;
        }

        Optional<Recovered> get() {
            if (!asked) {
                asked = true;
                recovered = means.recovery().of(letter);
            }
            return recovered;
        }
    }
}
