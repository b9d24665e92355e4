package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor.Step;
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
 * Redrives dead letters. Deletes a message only when all of its records are safe. After a kill at any point the message
 * is still in the queue, and the next run redrives its records again; the writer recognizes them by id and payload.
 * Runs once; not thread-safe.
 */
public final class Redrive {

    /** The outcome for one dead letter. */
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

        /** Returns the outcome's name in JSON. */
        public String label() {
            return label;
        }
    }

    /**
     * The result for one dead letter; the components are its JSON form.
     *
     * @param outcome the {@link Outcome#label}
     * @param redriven the number of records that were, or would be, redriven
     * @param expired the number of records that are no longer in the stream
     * @param expiresAt the end of the time for a redrive, if the message is still in the queue and the end is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            DeadLetterSummary letter,
            String outcome,
            int redriven,
            int expired,
            @Nullable Instant expiresAt,
            String detail) {

        /** Returns whether the dead letter was, or would be, redriven. */
        public boolean good() {
            return outcome.equals(Outcome.REDRIVEN.label()) || outcome.equals(Outcome.WOULD_REDRIVE.label());
        }
    }

    /** The limits of a redrive: {@code rate} in records per second, 0 for no limit; {@code max} in dead letters. */
    public record Plan(boolean dryRun, double rate, long max, boolean partly) {}

    /** The parts that a redrive works with. */
    public record Resources(Recovery recovery, RedriveRoutes routes, Lifetimes lifetimes, RedriveLog log) {}

    private final Resources resources;
    private final Selection selection;
    private final UnaryOperator<ShardRecord> edit;
    private final Plan plan;
    private final Consumer<Result> listener;
    private final Set<String> wanted;
    private RedrivePace pace = RedrivePace.none();
    private long selected;

    public Redrive(
            Resources resources,
            Selection selection,
            UnaryOperator<ShardRecord> edit,
            Plan plan,
            Consumer<Result> listener) {
        this.resources = requireNonNull(resources, "resources");
        this.selection = requireNonNull(selection, "selection");
        this.edit = requireNonNull(edit, "edit");
        this.plan = requireNonNull(plan, "plan");
        this.listener = requireNonNull(listener, "listener");
        this.wanted = new HashSet<>(selection.ids());
    }

    /**
     * Scans the queue.
     *
     * @param stopped whether to stop before the next record
     */
    public void run(DeadLetterScan scan, BooleanSupplier stopped) {
        pace = new RedrivePace(plan.rate(), stopped, scan::stillAtWork);
        scan.visit(this::visit);
        if (!stopped.getAsBoolean() && selected < plan.max()) {
            wanted.stream()
                    .sorted()
                    .map(id -> result(
                            DeadLetterSummary.absent(id),
                            Outcome.ABSENT,
                            "message '%s' not found in the queue".formatted(id)))
                    .forEach(listener);
        }
    }

    private Step visit(ReceivedMessage deadLetter) {
        DeadLetterSummary summary = DeadLetterSummary.of(deadLetter, resources.log());
        Records records = new Records(deadLetter);
        if (!selection.includes(summary, records::get)) {
            return Step.LEAVE;
        }
        if (selected == plan.max()) {
            return Step.STOP;
        }
        selected++;
        wanted.remove(deadLetter.messageId());
        Result result = records.get()
                .map(found -> redriven(deadLetter, summary, found))
                .orElseGet(() -> result(summary, Outcome.UNKNOWN, String.valueOf(summary.text())));
        listener.accept(result);
        if (result.outcome().equals(Outcome.REDRIVEN.label())) {
            return Step.DELETE;
        }
        boolean done = selected == plan.max() || (!selection.ids().isEmpty() && wanted.isEmpty());
        return done ? Step.STOP : Step.LEAVE;
    }

    private Result redriven(ReceivedMessage deadLetter, DeadLetterSummary summary, Recovered found) {
        int count = found.records().size();
        if (!found.complete() && !(plan.partly() && count > 0)) {
            return left(deadLetter, summary, found, Outcome.EXPIRED, found.missing());
        }
        List<ShardRecord> records = new ArrayList<>();
        try {
            found.records().forEach(record -> records.add(edit.apply(record)));
        } catch (CliException notEditable) {
            return left(deadLetter, summary, found, Outcome.FAILED, notEditable.text());
        }
        if (plan.dryRun()) {
            return new Result(
                    summary,
                    Outcome.WOULD_REDRIVE.label(),
                    count,
                    found.expired(),
                    resources.lifetimes().endOf(deadLetter).orElse(null),
                    found.between(summary.records()));
        }
        RedriveRoute.Result redriven = resources.routes().of(deadLetter).redrive(records, pace);
        resources.log().add(summary, redriven.ranges());
        return redriven.allSafe()
                ? new Result(
                        summary,
                        Outcome.REDRIVEN.label(),
                        count,
                        found.expired(),
                        null,
                        found.between(summary.records()))
                : left(deadLetter, summary, found, Outcome.FAILED, String.join("; ", redriven.failures()));
    }

    private Result left(
            ReceivedMessage deadLetter, DeadLetterSummary summary, Recovered found, Outcome outcome, String detail) {
        Instant end = resources.lifetimes().endOf(deadLetter).orElse(null);
        return new Result(summary, outcome.label(), 0, found.expired(), end, detail);
    }

    private static Result result(DeadLetterSummary deadLetter, Outcome outcome, String detail) {
        return new Result(deadLetter, outcome.label(), 0, 0, null, detail);
    }

    /** Reads the records of a dead letter once, on first use. */
    private final class Records {
        private final ReceivedMessage deadLetter;
        private Optional<Recovered> recovered = Optional.empty();
        private boolean asked;

        Records(ReceivedMessage deadLetter) {
            this.deadLetter = deadLetter;
        }

        Optional<Recovered> get() {
            if (!asked) {
                asked = true;
                recovered = resources.recovery().of(deadLetter);
            }
            return recovered;
        }
    }
}
