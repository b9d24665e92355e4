package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.DurationConverter;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.status.StackStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the state of a running pipeline. */
@Command(
        name = "status",
        description = {
            "Shows the state of the pipeline: shards, functions, counts, dead letters.",
            "Counts of events are available on the embedded runtime only."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli status",
            "  ingest-cli status --watch --every 1s",
            "  ingest-cli status -o json --query counts"
        })
public final class StatusCommand implements Runnable {

    private static final List<Column> COLUMNS = List.of(
            Column.time("AT", "at"),
            Column.number("ACCEPTED", "counts.accepted"),
            Column.number("STORED", "counts.stored"),
            Column.number("PARKED", "counts.parked"),
            Column.number("DEAD", "counts.dead-letter"),
            Column.number("AGE MS", "iteratorAgeMillis"),
            Column.number("IN FLIGHT", "inFlight"),
            Column.of("LAST ERROR", "lastError"));

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Option(
            names = "--watch",
            description = "Repeats until Ctrl-C: a page on a terminal, otherwise a line or a record each time.")
    boolean watch;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "2s",
            description = "The interval of --watch (default: 2s).")
    Duration every = Duration.ofSeconds(2);

    public StatusCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Target target = context.target(targetOptions.request());
        if (target.kind() == Target.Kind.EMBEDDED) {
            repeat(Control.at(target)::status);
            return;
        }
        try (AwsClients clients = new AwsClients(target)) {
            repeat(new StackStatus(clients)::read);
        }
    }

    private void repeat(Supplier<? extends JsonNode> status) {
        if (!watch) {
            show(status.get());
        } else if (context.output().terminal().stdout() && people()) {
            do {
                JsonNode next = status.get();
                context.output().clearScreen();
                show(next);
            } while (!Waiting.until(() -> false, every));
        } else {
            lines(status);
        }
    }

    /** Prints a line or a record each time, for pipes and programs. */
    private void lines(Supplier<? extends JsonNode> status) {
        try (Output.Records rows = context.output().stream(COLUMNS)) {
            do {
                rows.add(moment((ObjectNode) status.get()));
                rows.flush();
            } while (!Waiting.until(() -> false, every));
        }
    }

    /** Adds the time and the highest iterator age of all shards to a status. */
    private ObjectNode moment(ObjectNode status) {
        long age = 0;
        long inFlight = 0;
        for (JsonNode mapping : status.path("mappings")) {
            for (JsonNode shard : mapping.path("shards")) {
                age = Math.max(age, shard.path("iteratorAgeMillis").asLong());
                inFlight += shard.path("inFlight").asLong();
            }
        }
        return status.put("at", context.environment().clock().instant().toString())
                .put("iteratorAgeMillis", age)
                .put("inFlight", inFlight);
    }

    private boolean people() {
        return context.output().settings().format() == OutputFormat.TABLE
                && context.output().settings().query() == null;
    }

    private void show(JsonNode status) {
        if (people()) {
            Output output = context.output();
            output.text(new StatusPage(status, output.columns()).text());
        } else {
            context.output().one(status);
        }
    }
}
