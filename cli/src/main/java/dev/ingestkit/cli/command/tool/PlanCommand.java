package dev.ingestkit.cli.command.tool;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.SizeConverter;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.plan.Assumptions;
import dev.ingestkit.cli.plan.CapacityMode;
import dev.ingestkit.cli.plan.Load;
import dev.ingestkit.cli.plan.Plan;
import dev.ingestkit.cli.plan.PriceList;
import dev.ingestkit.cli.plan.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Calculates the AWS resources and costs of a rate of events. */
@Command(
        name = "plan",
        description = "Calculates the AWS resources, costs and first quota for a rate of events.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli plan --rate 2000 --size 4KB",
            "  ingest-cli plan --rate 2000 --size 4KB --show costs",
            "  ingest-cli plan --size 1KB --show steps",
            "  ingest-cli plan --rate 500 --prices ours.json -o json --query '[].perMonth'"
        })
public final class PlanCommand implements Runnable {

    /** The part of the plan to print. */
    enum View {
        PLAN,
        COSTS,
        QUOTAS,
        STEPS
    }

    private static final List<Column> PLAN = List.of(
            Column.word("MODE", "mode"),
            Column.number("SHARDS", "capacity.shards"),
            Column.number("PARALLEL", "capacity.parallelization"),
            Column.number("MEMORY", "capacity.memoryMegabytes"),
            Column.number("CONCURRENCY", "capacity.concurrency"),
            Column.number("USD/MILLION", "perMillion"),
            Column.number("USD/MONTH", "perMonth"),
            Column.number("QUOTA AT", "next.eventsPerSecond"),
            Column.of("WHICH", "next.name"));

    private static final List<Column> COSTS = List.of(
            Column.word("MODE", "mode"),
            Column.of("SERVICE", "service"),
            Column.of("WHAT", "what"),
            Column.number("QUANTITY", "quantity"),
            Column.of("UNIT", "unit"),
            Column.number("USD/MONTH", "perMonth"));

    private static final List<Column> QUOTAS = List.of(
            Column.word("MODE", "mode"),
            Column.number("EVENTS/S", "eventsPerSecond"),
            Column.of("SERVICE", "service"),
            Column.of("QUOTA", "name"),
            Column.number("LIMIT", "limit"),
            Column.number("USED", "used"),
            Column.of("ASK", "ask"));

    private static final List<Column> STEPS = List.of(
            Column.word("MODE", "mode"),
            Column.number("EVENTS/S", "eventsPerSecond"),
            Column.number("SHARDS", "shards"),
            Column.number("PARALLEL", "parallelization"),
            Column.number("CONCURRENCY", "concurrency"),
            Column.number("USD/MILLION", "perMillion"),
            Column.number("USD/MONTH", "perMonth"),
            Column.of("FIRST QUOTA", "quota"),
            Column.of("ASK", "ask"));

    private final CliContext context;

    @Option(
            names = "--rate",
            paramLabel = "EVENTS",
            defaultValue = "1000",
            description = "Events per second (default: ${DEFAULT-VALUE}).")
    double rate;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            defaultValue = "1KB",
            description = "Size of one event's body, such as 700, 4KB or 1MB (default: ${DEFAULT-VALUE}).")
    long size;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "The stream's mode, provisioned or on_demand (default: both).")
    @Nullable
    CapacityMode mode;

    @Option(
            names = "--show",
            paramLabel = "VIEW",
            defaultValue = "plan",
            description = "plan, costs line by line, quotas in the order they are reached, or steps up to 1,000,000"
                    + " events/s (default: ${DEFAULT-VALUE}).")
    View view = View.PLAN;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "Reads prices and quotas from this JSON file, in the form of the tool's prices.json.")
    @Nullable
    Path prices;

    @Mixin
    PlanOptions assumed = new PlanOptions();

    public PlanCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        PriceList list = priceList();
        context.output()
                .note("prices: %s, as of %s; without free tiers, taxes and discounts"
                        .formatted(list.source(), list.asOf()));
        try {
            show(new Load(rate, size), assumed.assumptions(), list);
        } catch (IllegalArgumentException outOfRange) {
            throw new CliException("WRONG_USAGE", ExitCode.USAGE, String.valueOf(outOfRange.getMessage()))
                    .hint("see ingest-cli plan --help");
        }
    }

    private void show(Load load, Assumptions assumptions, PriceList list) {
        List<CapacityMode> modes = mode == null ? List.of(CapacityMode.values()) : List.of(mode);
        if (view == View.STEPS) {
            rows(
                    STEPS,
                    modes.stream()
                            .flatMap(one -> Step.upTo(one, load.bytes(), assumptions, list).stream())
                            .toList());
            return;
        }
        List<Plan> plans =
                modes.stream().map(one -> Plan.of(load, one, assumptions, list)).toList();
        switch (view) {
            case COSTS ->
                rows(
                        COSTS,
                        plans.stream()
                                .flatMap(plan -> plan.details().costs().stream())
                                .toList());
            case QUOTAS ->
                rows(
                        QUOTAS,
                        plans.stream()
                                .flatMap(plan -> plan.details().quotas().stream())
                                .toList());
            case PLAN, STEPS -> {
                rows(PLAN, plans);
                plans.forEach(this::advise);
            }
        }
    }

    private void rows(List<Column> columns, List<?> records) {
        try (Output.Records rows = context.output().list(columns)) {
            records.forEach(rows::add);
        }
    }

    private void advise(Plan plan) {
        plan.details().quotas().stream()
                .filter(quota -> quota.exceeded())
                .forEach(quota -> context.output()
                        .note("%s exceeds a quota, %s (%s of %s): %s"
                                .formatted(plan.mode(), quota.name(), quota.used(), quota.limit(), quota.ask())));
        context.output().command("sam deploy --parameter-overrides " + plan.parameters());
    }

    private PriceList priceList() {
        PriceList own = PriceList.ofTheTool();
        if (prices == null) {
            return own;
        }
        try {
            return own.with(prices);
        } catch (IOException | IllegalArgumentException unusable) {
            throw new CliException("PRICES_UNUSABLE", ExitCode.USAGE, "cannot use prices file '%s'".formatted(prices))
                    .because(String.valueOf(unusable.getMessage()), unusable)
                    .hint("expected form: {\"asOf\": \"2026-01-01\", \"prices\": {\"kinesis.shard.hour\":"
                            + " [{\"each\": 0.02}]}}");
        }
    }
}
