package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.Lifetimes;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.Redrive;
import dev.ingestkit.cli.deadletter.RedriveLog;
import dev.ingestkit.cli.deadletter.RedriveRoutes;
import dev.ingestkit.cli.deadletter.Selection;
import dev.ingestkit.cli.deadletter.ShardRecord;
import dev.ingestkit.cli.option.RedriveOptions;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.Progress;
import java.util.List;
import java.util.function.UnaryOperator;

/** One complete redrive, with its results printed as they come. */
final class RedriveRun {

    static final List<Column> COLUMNS = List.of(
            Column.id("ID", "letter.id"),
            Column.word("KIND", "letter.kind").ifRoom(),
            Column.word("REASON", "letter.reason").ifRoom(),
            Column.tail("SHARD", "letter.shard").ifRoom(),
            Column.tail("FROM", "letter.from").ifRoom(),
            Column.tail("TO", "letter.to").ifRoom(),
            Column.ago("ARRIVED", "letter.arrivedAt").ifRoom(),
            Column.ago("EXPIRES", "expiresAt").ifRoom(),
            Column.word("OUTCOME", "outcome"),
            Column.number("RECORDS", "redriven"),
            Column.number("EXPIRED", "expired").ifRoom(),
            Column.of("DETAIL", "detail").ifUseful());

    /** The redriven dead letters that a terminal lists one by one; of more it shows their number only. */
    private static final int LISTED = 20;

    private final CliContext context;
    private final AwsClients clients;
    private final StackResources stack;

    RedriveRun(CliContext context, AwsClients clients, StackResources stack) {
        this.context = requireNonNull(context, "context");
        this.clients = requireNonNull(clients, "clients");
        this.stack = requireNonNull(stack, "stack");
    }

    ExitCode run(RedriveOptions options, Selection selection, UnaryOperator<ShardRecord> edit, Redrive.Plan plan) {
        DeadLetterQueue queue = new DeadLetterQueue(clients, stack.queueUrl());
        RedriveCounts counts = new RedriveCounts();
        RedriveLog log =
                RedriveLog.in(context.runtimes().folder(), context.environment().clock());
        try (Interruption stop = new Interruption()) {
            DeadLetterScan scan = new DeadLetterScan(
                    queue, context.environment().clock().instant(), options.hidden(), stop::happened);
            try (Output.Records rows = context.output().list(COLUMNS);
                    Progress progress = context.output().progress(plan.dryRun() ? "read" : "redrove")) {
                RedriveRoutes routes = new RedriveRoutes(clients, () -> options.route(clients, stack));
                Redrive.Resources resources =
                        new Redrive.Resources(new Recovery(clients), routes, new Lifetimes(clients, queue), log);
                new Redrive(resources, selection, edit, plan, result -> {
                            counts.add(result);
                            progress.at(counts.selected(), 0, counts.left());
                            if (!summarizes() || !result.good() || counts.selected() - counts.left() <= LISTED) {
                                rows.add(result);
                            }
                        })
                        .run(scan, stop::happened);
            } finally {
                // Report also after a failure: earlier results remain valid.
                report(counts, plan.dryRun());
            }
            log.problem().ifPresent(context.output()::note);
            ScanNotes.of(context, queue, scan);
        }
        return counts.exit();
    }

    /** Returns whether the output is for people, who need no thousand rows that say the same. */
    private boolean summarizes() {
        Output output = context.output();
        return output.terminal().stdout()
                && output.settings().format() == OutputFormat.TABLE
                && output.settings().query() == null;
    }

    private void report(RedriveCounts counts, boolean dryRun) {
        long unlisted = counts.selected() - counts.left() - LISTED;
        if (summarizes() && unlisted > 0) {
            context.output().note("and %,d more, each %s".formatted(unlisted, dryRun ? "ready" : "redriven"));
        }
        if (dryRun) {
            counts.shards(context.environment().clock().instant()).forEach(context.output()::note);
        }
        context.output().note(counts.line(dryRun));
    }
}
