package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.option.DurationConverter;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.status.StackStatus;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.Target;
import java.time.Duration;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a running pipeline is doing. */
@Command(
        name = "status",
        description = {
            "Shows what the pipeline is doing: shards, functions, counts, dead letters.",
            "Counts of events are known on the embedded runtime only."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli status",
            "  ingest-cli status --watch --every 1s",
            "  ingest-cli status -o json --query counts"
        })
public final class StatusCommand implements Runnable {

    /** Cursor to the upper left, and nothing below. */
    private static final String CLEAR = "\033[H\033[J";

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

    @Option(names = "--watch", description = "Shows it again and again, until Ctrl-C or the runtime's end.")
    boolean watch;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "2s",
            description = "How often with --watch (default: 2s).")
    Duration every = Duration.ofSeconds(2);

    public StatusCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Target place = context.target(target.request());
        if (place.kind() == Target.Kind.EMBEDDED) {
            showAgain(Control.at(place)::status);
            return;
        }
        try (AwsClients clients = new AwsClients(place)) {
            showAgain(new StackStatus(clients)::read);
        }
    }

    private void showAgain(Supplier<JsonNode> status) {
        show(status.get());
        while (watch && !Waiting.until(() -> false, every)) {
            if (context.output().terminal().stdout()) {
                context.output().text(CLEAR);
            }
            show(status.get());
        }
    }

    private void show(JsonNode status) {
        if (context.output().settings().format() == OutputFormat.TABLE
                && context.output().settings().query() == null) {
            context.output().text(new StatusPage(status).text());
        } else {
            context.output().one(status);
        }
    }
}
